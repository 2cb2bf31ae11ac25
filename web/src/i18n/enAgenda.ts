import type { MessageTable } from "./translator";

/** English for changing the agenda: fetched with its sheet. */
export const enAgenda = {
  "agenda.unit": "min",
  "agenda.editing": "The agenda",
  "agenda.item.title": "Title of item {number}",
  "agenda.item.minutes": "Minutes for item {number}",
  "agenda.add": "Add an item",
  "agenda.up": "Move item {number} up",
  "agenda.down": "Move item {number} down",
  "agenda.remove": "Remove item {number}",
  "agenda.save": "Save the agenda",
} as const satisfies MessageTable;
