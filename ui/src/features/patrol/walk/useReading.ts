/** The ways in which a tag is read on a walk: a scanner that types, a touch, the camera, a code that is typed. */
import { ref, type Ref } from 'vue'
import { useNfc, type Nfc } from '@/shared/scan/nfc'
import { useWedge } from '@/shared/scan/wedge'
import { useIsShown } from '@/shared/state/shown'
import type { TellHow } from '../model/contract'
import { isWalkCode } from '../model/joining'

/** What every label that we print says; letters that are taken for others are not among its ten. */
const LABEL = /^RP[0-9A-HJKMNP-TV-Z]{10}$/i

/** Whether a code is one of our labels. */
export const isLabel = (code: string): boolean => LABEL.test(code.trim())

/** A code as it was typed by eye: neither blanks nor the letters that are taken for digits stand on our labels. */
export function typedCode(code: string): string {
  const bare = code.replace(/[\s-]/g, '')
  if (!/^RP/i.test(bare)) return code
  const meant = bare.toUpperCase().replace(/O/g, '0').replace(/[IL]/g, '1')
  return isLabel(meant) ? meant : code
}

export interface Reading {
  /** Whether the camera lies over the page, and with what it begins. */
  camera: Ref<'picture' | 'field' | null>
  nfc: Nfc
  /** What the camera has found, or what was typed under it. */
  found: (code: string, how: 'qr' | 'typed') => void
}

/**
 * @param scan what is done with a tag.
 * @param isOpen whether the round takes tags.
 * @param knows whether a code that is none of our labels is bound to a point all the same.
 */
export function useReading(
  scan: (tag: string, how: TellHow) => Promise<void>,
  isOpen: () => boolean,
  knows: (tag: string) => Promise<boolean>,
): Reading {
  const isShown = useIsShown()
  const camera = ref<'picture' | 'field' | null>(null)
  const isOn = () => isOpen() && isShown.value
  function take(code: string, how: TellHow) {
    camera.value = null
    void scan(how === 'typed' ? typedCode(code) : code, how)
  }
  useWedge({
    scanned: (code) => take(code, 'wedge'),
    isOn,
    isOurs: (code) => isLabel(code) || isWalkCode(code) || knows(code),
  })
  const nfc = useNfc((code) => take(code, 'nfc'), isOn)
  return { camera, nfc, found: take }
}
