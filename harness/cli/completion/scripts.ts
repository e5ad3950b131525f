/** What each shell needs to ask `hachaos complete -- <words>` for candidates; it says `:files` where the shell's own completion of files serves. */
export const SCRIPTS = {
  bash: `# hachaos completion for bash: source <(hachaos completion bash)
_hachaos() {
  local word glue=no cur prefix line
  local -a words=()
  # bash cuts words at = and :, which are parts of ours.
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [[ \${#words[@]} -gt 0 && ( $glue == yes || $word == [=:]* ) ]]; then words[-1]+=$word; else words+=("$word"); fi
    [[ $word == *[=:] ]] && glue=yes || glue=no
  done
  cur=\${words[-1]}
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == :files ]]; then compopt -o default; return; fi
    COMPREPLY+=("\${line%%$'\\t'*}")
  done < <("$1" complete -- "\${words[@]}" 2>/dev/null)
  # What is before the last = or : stays where it is.
  prefix=\${cur%"\${cur##*[=:]}"}
  COMPREPLY=("\${COMPREPLY[@]#"$prefix"}")
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *[=/] ]] && compopt -o nospace
  return 0
}
complete -F _hachaos hachaos
`,
  zsh: `#compdef hachaos
# hachaos completion for zsh: source <(hachaos completion zsh), after compinit
_hachaos() {
  local line value
  local -a ends goes_on shown_ends shown_goes_on
  for line in "\${(@f)$("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ $line == :files ]] && { _files; return }
    [[ -z $line ]] && continue
    value=\${line%%$'\\t'*}
    if [[ $value == *[=/] ]]; then
      goes_on+=("$value"); shown_goes_on+=("\${line/$'\\t'/  -- }")
    else
      ends+=("$value"); shown_ends+=("\${line/$'\\t'/  -- }")
    fi
  done
  (( \${#goes_on} )) && compadd -S '' -d shown_goes_on -a goes_on
  (( \${#ends} )) && compadd -d shown_ends -a ends
}
if [[ $funcstack[1] == _hachaos ]]; then _hachaos "$@"; else compdef _hachaos hachaos; fi
`,
  fish: `# hachaos completion for fish: hachaos completion fish | source
function __hachaos_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
    if test "$lines[1]" = :files
        __fish_complete_path "$current"
    else
        printf '%s\\n' $lines
    end
end
complete -c hachaos -f -a '(__hachaos_complete)'
`,
} as const;

export type Shell = keyof typeof SCRIPTS;
