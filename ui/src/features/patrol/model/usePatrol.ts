/** The engine of rounds, inside a component's setup. */
import { inject } from 'vue'
import { useBackend } from '@/backend'
import { enginePort } from './engine'
import { PATROL, type PatrolPort } from './port'

export const usePatrol = (): PatrolPort => inject(PATROL, null) ?? enginePort(useBackend())
