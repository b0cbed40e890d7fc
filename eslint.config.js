import js from '@eslint/js';
import ts from 'typescript-eslint';
import vue from 'eslint-plugin-vue';
import vueParser from 'vue-eslint-parser';
import prettier from 'eslint-config-prettier';
import globals from 'globals';
import layers from './build/lint/layers.js';

export default [
  { ignores: ['dist/', 'node_modules/', '.cache/', 'test-results/', 'playwright-report/', 'resources/', 'addins/offhook-api.d.ts'] },
  js.configs.recommended,
  ...ts.configs.recommended,
  ...vue.configs['flat/recommended'],
  prettier,
  {
    files: ['**/*.vue'],
    languageOptions: { parser: vueParser, parserOptions: { parser: ts.parser } },
  },
  {
    files: ['**/*.{ts,js,mjs,vue}'],
    plugins: { offhook: layers },
    rules: {
      'offhook/boundaries': 'error',
      'no-empty': ['error', { allowEmptyCatch: false }],
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'vue/no-v-html': 'error',
      'vue/multi-word-component-names': 'off',
      'vue/require-default-prop': 'off',
      'no-restricted-imports': ['error', { patterns: [{ group: ['../../*'], message: 'use a #layer/ import' }] }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-empty-function': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'no-undef': 'off',
    },
  },
  { files: ['renderer/**/*.vue'], rules: { 'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }] } },
  { files: ['contract/**', 'core/**', 'servers/**', 'web/**', 'cli/**'], rules: { 'no-restricted-globals': ['error', 'window', 'document', 'localStorage', 'navigator'] } },
  { files: ['**/*.mjs', '**/*.js'], languageOptions: { globals: globals.node } },
];
