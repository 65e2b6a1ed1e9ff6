/** Whether a page is in front of its person, or only kept behind another one. */
import {
  getCurrentInstance,
  onActivated,
  onDeactivated,
  readonly,
  ref,
  type ComponentInternalInstance,
  type Ref,
} from 'vue'

/**
 * Whether the page of a component is shown, inside its setup.
 *
 * A part that is made while its page is kept behind another, since its code or an answer came late, hears of no leaving: that has
 * been. So it looks at what it stands in.
 */
export function useIsShown(): Readonly<Ref<boolean>> {
  const instance = getCurrentInstance()
  const isShown = ref(!isBehind(instance))
  if (instance) {
    onActivated(() => (isShown.value = true))
    onDeactivated(() => (isShown.value = false))
  }
  return readonly(isShown)
}

function isBehind(instance: ComponentInternalInstance | null): boolean {
  return instance !== null && (instance.isDeactivated || isBehind(instance.parent))
}
