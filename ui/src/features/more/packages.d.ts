/** What the build makes of the packages inside; see `scripts/packages.mjs`. */
declare module 'virtual:packages' {
  export interface Package {
    name: string
    version: string
    licence: string
    /** The full text, where the package has it. */
    text: string
  }
  export const packages: readonly Package[]
}
