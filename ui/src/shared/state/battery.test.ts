import { afterEach, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { useBattery } from './battery'

const own = navigator as { getBattery?: unknown }
afterEach(() => void delete own.getBattery)
const soon = () => new Promise((resolve) => setTimeout(resolve))

it('tells how full it is, and follows it while somebody looks', async () => {
  const manager = Object.assign(new EventTarget(), { level: 0.42, charging: false })
  own.getBattery = async () => manager
  const scope = effectScope()
  const battery = scope.run(() => useBattery())!
  await soon()
  expect(battery.value).toEqual({ level: 0.42, isCharging: false })
  manager.charging = true
  manager.dispatchEvent(new Event('chargingchange'))
  expect(battery.value?.isCharging).toBe(true)
  scope.stop()
  manager.level = 0.1
  manager.dispatchEvent(new Event('levelchange'))
  expect(battery.value?.level).toBe(0.42)
})

it('says nothing where the browser does not tell it, or may not', async () => {
  expect(effectScope().run(() => useBattery())!.value).toBeNull()
  own.getBattery = async () => Promise.reject(new DOMException('no', 'NotAllowedError'))
  const battery = effectScope().run(() => useBattery())!
  await soon()
  expect(battery.value).toBeNull()
})
