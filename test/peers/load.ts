/** Stands in this folder so that names are looked up in its node_modules. */
export const load = async <Module>(name: string): Promise<Module> => (await import(name)) as Module;
