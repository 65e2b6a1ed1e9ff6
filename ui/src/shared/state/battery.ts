/** How full the battery of this device is, where the browser tells it. */
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue'

export interface Battery {
  /** From 0 to 1. */
  level: number
  isCharging: boolean
}

interface BatteryManager extends EventTarget {
  level: number
  charging: boolean
}

const CHANGES = ['levelchange', 'chargingchange'] as const

/** The battery while the component stands; null where nobody knows. */
export function useBattery(): Readonly<ShallowRef<Battery | null>> {
  const battery = shallowRef<Battery | null>(null)
  const asked = (navigator as { getBattery?: () => Promise<BatteryManager> }).getBattery?.()
  let isGone = false
  void asked
    ?.then((manager) => {
      if (isGone) return
      const read = () => (battery.value = { level: manager.level, isCharging: manager.charging })
      read()
      CHANGES.forEach((change) => manager.addEventListener(change, read))
      forget = () => CHANGES.forEach((change) => manager.removeEventListener(change, read))
    })
    // What is not allowed is not known.
    .catch(() => {})
  let forget = () => {}
  onScopeDispose(() => {
    isGone = true
    forget()
  })
  return battery
}
