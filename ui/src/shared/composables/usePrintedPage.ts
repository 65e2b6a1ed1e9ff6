/** The sheet that the labels are printed on. */
import { onScopeDispose, watchEffect } from 'vue'

/**
 * While the page is shown, what is printed has this size and no margins: the labels of a sheet are cut where they stand.
 * @param size as `@page` takes it, such as `A4`
 */
export function usePrintedPage(size: () => string): void {
  if (!('adoptedStyleSheets' in document)) return
  const style = new CSSStyleSheet()
  const without = () => document.adoptedStyleSheets.filter((known) => known !== style)
  watchEffect(() => {
    style.replaceSync(`@page { size: ${size()}; margin: 0 }`)
    document.adoptedStyleSheets = [...without(), style]
  })
  onScopeDispose(() => (document.adoptedStyleSheets = without()))
}
