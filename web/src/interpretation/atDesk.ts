/** What is fetched with the desk. */
export { Attending } from "./attending";
export { BoothDesk } from "./desk";
export { Whispering } from "./whispering";
