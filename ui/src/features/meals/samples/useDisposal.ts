/** A sample on its way out, on any page that shows clocks: chosen there, or found by its label or its four signs. */
import { ref, shallowRef } from 'vue'
import { useBackend, type MealClock } from '@/backend'
import { useAction } from '@/shared/composables/useAction'
import { targetOfClock, targetOfScan, type Target } from './target'

export function useDisposal() {
  const backend = useBackend()
  const target = shallowRef<Target | null>(null)
  const isScanning = ref(false)
  const finding = useAction(async (code: string) => {
    isScanning.value = false
    target.value = targetOfScan(await backend.call('meal.scan', { code }), code)
  })
  return {
    target,
    isScanning,
    /** Why what was read is no sample of here. */
    error: finding.error,
    find: (code: string) => void finding.run(code),
    choose: (clock: MealClock) => (target.value = targetOfClock(clock)),
    scan() {
      finding.clear()
      isScanning.value = true
    },
  }
}

export type Disposal = ReturnType<typeof useDisposal>
