import { afterEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { ownNfc, useNfc, type NfcPort, type TouchedTag } from './nfc'

/** A reader in whose hand the test is. */
function fakeNfc(isAllowed = true) {
  let touched: ((tag: TouchedTag) => void) | null = null
  let reads = 0
  const port: NfcPort = {
    async read(hear, signal) {
      reads += 1
      if (!isAllowed) throw new DOMException('no', 'NotAllowedError')
      touched = hear
      signal.addEventListener('abort', () => (touched = null))
    },
  }
  return {
    port,
    touch: (tag: TouchedTag) => touched?.(tag),
    isReading: () => touched !== null,
    reads: () => reads,
  }
}

describe('a reader of tags', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('is none where the browser has none', () => {
    expect(ownNfc()).toBeNull()
    const scope = effectScope()
    const nfc = scope.run(() =>
      useNfc(
        () => {},
        () => true,
      ),
    )!
    expect([nfc.isHere, nfc.isOn.value]).toEqual([false, false])
    scope.stop()
  })

  it('tells the words on a tag, or its number where it has none', async () => {
    const { port, touch } = fakeNfc()
    const heard: string[] = []
    const scope = effectScope()
    const nfc = scope.run(() =>
      useNfc(
        (code) => heard.push(code),
        () => true,
        port,
      ),
    )!
    await nextTick()
    touch({ serial: '04:a2', text: 'RT1.A' })
    touch({ serial: '04:a2', text: null })
    expect(heard).toEqual(['RT1.A', '04:a2'])
    expect(nfc.isOn.value).toBe(true)
    scope.stop()
  })

  it('stops when it is not wanted, and with its page', async () => {
    const fake = fakeNfc()
    const isWanted = ref(true)
    const scope = effectScope()
    scope.run(() =>
      useNfc(
        () => {},
        () => isWanted.value,
        fake.port,
      ),
    )
    await nextTick()
    expect(fake.isReading()).toBe(true)
    isWanted.value = false
    await nextTick()
    expect(fake.isReading()).toBe(false)
    isWanted.value = true
    await nextTick()
    expect(fake.isReading()).toBe(true)
    scope.stop()
    expect(fake.isReading()).toBe(false)
  })

  it('that is refused is asked for again by a tap', async () => {
    const fake = fakeNfc(false)
    const scope = effectScope()
    const nfc = scope.run(() =>
      useNfc(
        () => {},
        () => true,
        fake.port,
      ),
    )!
    await vi.waitFor(() => expect(fake.reads()).toBe(1))
    await nextTick()
    expect(nfc.isOn.value).toBe(false)
    nfc.ask()
    expect(fake.reads()).toBe(2)
    scope.stop()
  })

  it('of the browser reads the text of a tag', async () => {
    class Reader extends EventTarget {
      async scan() {
        const data = new DataView(new TextEncoder().encode('RT1.门').buffer)
        const message = { records: [{ recordType: 'text', encoding: 'utf-8', data }] }
        this.dispatchEvent(Object.assign(new Event('reading'), { serialNumber: '04:a2', message }))
      }
    }
    vi.stubGlobal('NDEFReader', Reader)
    const heard: TouchedTag[] = []
    await ownNfc()?.read((tag) => heard.push(tag), new AbortController().signal)
    expect(heard).toEqual([{ serial: '04:a2', text: 'RT1.门' }])
  })
})
