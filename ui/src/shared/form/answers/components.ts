/** Which component answers which kind of item. */
import type { Component } from 'vue'
import type { AnswerKind } from '@/backend'
import AssetAnswer from './AssetAnswer.vue'
import ChoiceAnswer from './ChoiceAnswer.vue'
import MeasureAnswer from './MeasureAnswer.vue'
import PassFailAnswer from './PassFailAnswer.vue'
import ScoreAnswer from './ScoreAnswer.vue'
import TextAnswer from './TextAnswer.vue'
import TimeAnswer from './TimeAnswer.vue'

/** All but signatures, which ask besides who is there to sign. */
const ANSWERS: Readonly<Record<Exclude<AnswerKind, 'signature'>, Component>> = {
  pass_fail: PassFailAnswer,
  score: ScoreAnswer,
  number: MeasureAnswer,
  temperature: MeasureAnswer,
  choice: ChoiceAnswer,
  text: TextAnswer,
  time: TimeAnswer,
  assets: AssetAnswer,
}

/** The component that takes an `item` and gives its `answer`; null for signatures. */
export const answerOf = (kind: AnswerKind): Component | null => (kind === 'signature' ? null : ANSWERS[kind])
