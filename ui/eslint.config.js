import globals from 'globals'
import pluginVue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

/** The one place that may know a door; everything else asks `@/backend`. */
const DOORS = [{ group: ['@tauri-apps/*'], message: 'Only ui/src/backend knows the window.' }]

export default tseslint.config(
    { ignores: ['dist', 'src/backend/bindings.ts'] },
    tseslint.configs.recommended,
    pluginVue.configs['flat/recommended'],
    {
        files: ['**/*.vue', '**/*.ts'],
        languageOptions: { parserOptions: { parser: tseslint.parser }, globals: globals.browser },
        rules: {
            '@typescript-eslint/no-explicit-any': 'error',
            '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
            'no-undef': 'off',
            'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
            'vue/multi-word-component-names': 'error',
            'vue/no-v-html': 'error',
            // Prettier lays out templates.
            'vue/max-attributes-per-line': 'off',
            'vue/singleline-html-element-content-newline': 'off',
            'vue/multiline-html-element-content-newline': 'off',
            'vue/html-self-closing': 'off',
            'vue/html-indent': 'off',
            'vue/html-closing-bracket-newline': 'off',
            'vue/first-attribute-linebreak': 'off',
            'vue/attributes-order': 'off',
            'vue/require-default-prop': 'off',
        },
    },
    {
        files: ['src/**/*.{ts,vue}'],
        ignores: ['src/backend/**'],
        rules: { 'no-restricted-imports': ['error', { patterns: DOORS }] },
    },
    {
        // A feature sees another one through its index.ts alone.
        files: ['src/features/**/*.{ts,vue}'],
        rules: {
            'no-restricted-imports': [
                'error',
                {
                    patterns: [
                        ...DOORS,
                        {
                            group: ['@/features/*/*', '!@/features/*/index'],
                            message: 'Import the index of a feature.',
                        },
                    ],
                },
            ],
        },
    },
    { files: ['**/*.mjs', '*.config.*'], languageOptions: { globals: globals.node } },
)
