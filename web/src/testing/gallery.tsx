/** Draws one scene, or the list of all: `gallery.html?scene=closed`. Development only. */
import { createRoot } from "react-dom/client";
import "../design/design.css";
import { Shell } from "../app/Shell";
import { keepPlace } from "../app/ui/place";
import { en } from "../i18n/en";
import { enErrors } from "../i18n/enErrors";
import { wordsIn } from "../i18n/translator";
import { fakeServices } from "./fakes";
import { scenes } from "./galleryScenes";

const root = document.querySelector("#root");
if (root === null) throw new Error("the page has no root");
const name = new URLSearchParams(location.search).get("scene") ?? "";
const scene = scenes[name]?.();
const words = wordsIn(scene?.rtl ? "ar" : "en-GB", en, enErrors, "UTC");

if (scene === undefined) {
  createRoot(root).render(
    <ul>
      {Object.keys(scenes).map((each) => (
        <li key={each}>
          <a href={`?scene=${each}`}>{each}</a>
        </li>
      ))}
    </ul>,
  );
} else {
  keepPlace(scene.place ?? { meeting: null, seated: false });
  const services = fakeServices(scene);
  // So that whoever looks at a scene can go on with it.
  Object.assign(globalThis, { __visavisProbe: { services } });
  createRoot(root).render(<Shell services={services} words={words} stage={scene.light ? "light" : "dark"} />);
}
