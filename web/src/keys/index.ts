/** The keys of a meeting: who holds them, and what is sealed under them. The groups themselves live in workers. */
export { type KeysState, UNSEALED } from "./standing";
