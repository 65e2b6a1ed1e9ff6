/** The component of each type that can stand in a cell of a table; a type of a newer program is typed as text. */
import type { Component } from 'vue'
import ChoiceValue from './ChoiceValue.vue'
import CountValue from './CountValue.vue'
import DateValue from './DateValue.vue'
import InstantValue from './InstantValue.vue'
import NumberValue from './NumberValue.vue'
import PeopleValue from './PeopleValue.vue'
import PhotosValue from './PhotosValue.vue'
import RecordValue from './RecordValue.vue'
import SignatureValue from './SignatureValue.vue'
import TextValue from './TextValue.vue'
import TimeValue from './TimeValue.vue'
import YesValue from './YesValue.vue'

const COMPONENTS: Readonly<Record<string, Component>> = {
  CH: ChoiceValue,
  COUNT: CountValue,
  DATE: DateValue,
  INSTANT: InstantValue,
  MONEY: NumberValue,
  NUM: NumberValue,
  PEOPLE: PeopleValue,
  PERSON: RecordValue,
  PHOTOS: PhotosValue,
  REF: RecordValue,
  SIG: SignatureValue,
  TEMP: NumberValue,
  TIME: TimeValue,
  YES: YesValue,
}

export const simpleComponentOf = (type: string): Component => COMPONENTS[type] ?? TextValue
