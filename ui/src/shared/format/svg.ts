/**
 * A drawing as a source for an image element.
 *
 * As an image its text can run nothing, whatever it says.
 */
export const svgSource = (svg: string) => `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
