// The arrows between the folders of the client. `npm run arrows` checks them.

const SUBJECTS = "records|interpretation|keys|rooms|summits|identity";
const TEST = "\\.test\\.tsx?$|^src/testing/";

/** Each rule refuses arrows of one kind. */
export default {
  forbidden: [
    {
      name: "no-circles",
      severity: "error",
      from: {},
      // Types may know each other: no circle of theirs is left in what runs.
      to: { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    },
    {
      name: "kernel-is-the-bottom",
      severity: "error",
      from: { path: "^src/kernel/", pathNot: TEST },
      // codes.ts is printed from the server's table; it imports nothing.
      to: { pathNot: "^src/kernel/|^src/contract/codes\\.ts$|^node_modules/" },
    },
    {
      name: "design-knows-no-subject",
      comment: "design/ knows no word of the summit",
      severity: "error",
      from: { path: "^src/design/", pathNot: TEST },
      to: { path: `^src/(${SUBJECTS}|app|contract)/` },
    },
    {
      name: "react-only-where-it-is-drawn",
      severity: "error",
      from: { pathNot: `^src/(app|design)/|/ui/|${TEST}` },
      to: { path: "^node_modules/(react|react-dom|react-aria-components|lucide-react|@types/react)/" },
    },
    {
      name: "logic-never-imports-ui",
      severity: "error",
      from: { pathNot: `^src/app/|/ui/|/index\\.ts$|${TEST}` },
      to: { path: "/ui/" },
    },
    {
      name: "subjects-meet-through-their-index",
      severity: "error",
      from: { path: `^src/(${SUBJECTS})/`, pathNot: TEST },
      to: { path: `^src/(${SUBJECTS})/`, pathNot: "^src/$1/|/(index|model)\\.ts$" },
    },
    {
      name: "livekit-behind-its-doors",
      severity: "error",
      from: { pathNot: `^src/rooms/|^src/keys/strictManager\\.ts$|${TEST}` },
      to: { path: "^node_modules/livekit-client/" },
    },
    {
      name: "strictness-knows-types-alone",
      comment: "the manager implements an interface of livekit-client; where keys are, nothing of it runs",
      severity: "error",
      from: { path: "^src/keys/" },
      to: { path: "^node_modules/livekit-client/", dependencyTypesNot: ["type-only"] },
    },
    {
      name: "tables-behind-their-door",
      comment: "it is fetched with the sheet that reads and writes them",
      severity: "error",
      from: { pathNot: "^src/interpretation/glossary/csv\\.ts$" },
      to: { path: "^node_modules/(@types/)?papaparse/" },
    },
    {
      name: "nobody-imports-the-app",
      severity: "error",
      from: { pathNot: `^src/app/|${TEST}` },
      to: { path: "^src/app/(main|routes|services|Shell)\\." },
    },
    {
      name: "tests-are-not-imported",
      severity: "error",
      from: { pathNot: TEST },
      to: { path: TEST },
    },
    {
      name: "everything-exists",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "only-declared-packages",
      severity: "error",
      from: { pathNot: TEST },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown", "npm-dev"] },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "browser", "default"] },
  },
};
