import type { Plugin } from "esbuild";

export function bundle(program: string, plugins?: readonly Plugin[]): Promise<string>;
