/** What is heard and felt when something was read: a short tone and a tremble, on this device, unless it was switched off. */
import { useLocalStorage } from '@vueuse/core'
import type { Ref } from 'vue'

/** `read`: it is known. `strange`: it is not, and the person should look. `remind`: something waits, and may wait a little. */
export type Cue = 'read' | 'strange' | 'remind'

/** Pitch in Hz and length in s of each tone, and the tremble in ms. */
const CUES: Record<Cue, { tones: readonly [hz: number, seconds: number][]; tremble: readonly number[] }> = {
  read: { tones: [[880, 0.09]], tremble: [40] },
  strange: {
    tones: [
      [330, 0.14],
      [262, 0.2],
    ],
    tremble: [90, 60, 90],
  },
  remind: {
    tones: [
      [660, 0.12],
      [880, 0.16],
    ],
    tremble: [],
  },
}
/** Heard at arm's length, and no further. */
const LOUDNESS = 0.2

const isOn = useLocalStorage('rounds-cues', true)
let context: AudioContext | null = null

/** Whether cues are given, kept on this device. */
export const useCues = (): Ref<boolean> => isOn

function sound(tones: (typeof CUES)[Cue]['tones']) {
  const Context = globalThis.AudioContext
  if (!Context) return
  context ??= new Context()
  void context.resume()
  let at = context.currentTime
  for (const [hz, seconds] of tones) {
    const tone = new OscillatorNode(context, { frequency: hz })
    const volume = new GainNode(context, { gain: LOUDNESS })
    tone.connect(volume).connect(context.destination)
    // Without the slope the end of a tone cracks.
    volume.gain.setTargetAtTime(0, at + seconds * 0.7, 0.015)
    tone.start(at)
    tone.stop((at += seconds))
  }
}

/** Gives a cue; a device that cannot give one stays silent. */
export function cue(which: Cue): void {
  if (!isOn.value) return
  const { tremble, tones } = CUES[which]
  if (tremble.length) navigator.vibrate?.([...tremble])
  try {
    sound(tones)
  } catch {
    // There is nothing to hear it with.
  }
}
