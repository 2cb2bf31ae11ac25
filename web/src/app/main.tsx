/** Builds the services and shows the shell: the page's only entrance. */
import { createRoot } from "react-dom/client";
import "../design/design.css";
import { buildServices } from "./services";
import { Shell } from "./Shell";

const root = document.querySelector("#root");
if (root === null) throw new Error("the page has no root");
const services = buildServices();
createRoot(root).render(<Shell services={services} />);
void services.identification.arrive();
