/** The address of the documentation site, or empty. `npm run docs` copies it from `package.json`. */
export const homepage: string = "";
