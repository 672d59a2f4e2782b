/** True for the API page of an import; the site splits it. */
export const isApi = (path) => path.startsWith("docs/api/") && path !== "docs/api/README.md";

/** The place on the site of a document of the repository. */
export function placeOf(path) {
  if (path === "README.md") return "index.md";
  if (path === "docs/README.md") return "tasks.md";
  if (path === "docs/api/README.md") return "api/index.md";
  if (!path.startsWith("docs/")) return path.toLowerCase();
  const name = path.slice("docs/".length, -".md".length);
  if (isApi(path) || name === "cli" || name === "errors") return `${name}/index.md`;
  return `${name.replace(/\/README$/, "")}.md`;
}
