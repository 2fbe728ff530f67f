/** What the linter insists on, beyond what the types already say. */
import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import ts from 'typescript-eslint';

const unchecked = Object.fromEntries(
  ['argument', 'assignment', 'call', 'member-access', 'return'].map((use) => [
    `@typescript-eslint/no-unsafe-${use}`,
    'off'
  ])
);

export default ts.config(
  { ignores: ['build/', '.svelte-kit/', 'node_modules/', 'db/tables.ts', 'test-results/'] },
  js.configs.recommended,
  ts.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.svelte'] }
    },
    rules: {
      // Two processes' worth of code passes promises around; one that nobody waits for hides its failure.
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true }
      ],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Our objects are plain: their functions know no `this`.
      '@typescript-eslint/unbound-method': 'off',
      // What a library throws, or what was caught, is thrown on as it is.
      '@typescript-eslint/only-throw-error': [
        'error',
        { allowThrowingUnknown: true, allowThrowingAny: true }
      ],
      // Interfaces ask for async functions that here and there have nothing to wait for.
      '@typescript-eslint/require-await': 'off',
      // Hearth lives at the root of its own host; there is no base path to resolve.
      'svelte/no-navigation-without-resolve': 'off',
      // Built-in sets and dates that no page draws from need not be Svelte's.
      'svelte/prefer-svelte-reactivity': 'off',
      // The linter does not hear the compiler's warnings, so it takes every answer to one for idle.
      'svelte/no-unused-svelte-ignore': 'off',
      // A component may be handed a row as it is, and use some of it.
      'svelte/no-unused-props': 'off',
      eqeqeq: 'error',
      'no-console': 'error'
    }
  },
  {
    files: ['**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser } },
    // The linter cannot see the types of Svelte's own making (props, page data); svelte-check can, and does.
    rules: { ...unchecked, '@typescript-eslint/no-redundant-type-constituents': 'off' }
  },
  {
    // Half-blind there, the rules that ask for types would take twice as long as on everything else together.
    files: ['**/*.svelte'],
    ...ts.configs.disableTypeChecked,
    languageOptions: { parserOptions: { parser: ts.parser, projectService: false } }
  },
  { files: ['**/*.test.ts', 'tests/**'], rules: unchecked },
  { files: ['**/*.js', '**/*.mjs'], ...ts.configs.disableTypeChecked },
  // TypeScript knows undefined names better than the linter.
  { rules: { 'no-undef': 'off' } }
);
