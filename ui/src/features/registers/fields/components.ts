/** The component of each type of field. */
import type { Component } from 'vue'
import RowsValue from './RowsValue.vue'
import { simpleComponentOf } from './simple'

export const componentOf = (type: string): Component =>
  type === 'ROWS' ? RowsValue : simpleComponentOf(type)
