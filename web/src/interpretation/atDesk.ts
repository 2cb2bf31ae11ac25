/** What is fetched with the desk. */
export { BoothDesk } from "./desk";
export { Whispering } from "./whispering";
