/** The way from the list of what was begun back into its form. */
import { watch } from 'vue'
import { useRoute } from 'vue-router'
import { useIsShown } from './shown'

/**
 * Calls `open` with the form that the address names, once what it is about is known and the page is in front of its person; again
 * when that is known anew, as after a colleague has worked in between.
 *
 * @param isKnown whether what the form is about stands there.
 */
export function useBegun(isKnown: () => boolean, open: (form: string) => void): void {
  const route = useRoute()
  const isShown = useIsShown()
  let wasOpened = false
  watch(
    () => (isKnown() ? isShown.value : null),
    (isReady) => {
      if (isReady === null) wasOpened = false
      if (!isReady || wasOpened) return
      wasOpened = true
      // Read only now: a page that is kept hears the addresses of others.
      const { unfinished } = route.query
      if (typeof unfinished === 'string' && unfinished) open(unfinished)
    },
    { immediate: true },
  )
}
