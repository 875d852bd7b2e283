/**
 * What each shell is told. A script knows no command of ours: at each Tab it asks the program (`__complete`), so that it
 * stays right when the program is updated. Nothing that was typed is ever evaluated.
 */

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
export type Shell = (typeof SHELLS)[number];

export function completionScript(shell: Shell): string {
	return SCRIPTS[shell];
}

/** Needs neither the bash-completion package nor more than bash 3.2, as macOS has it; `compopt` came with 4. */
const BASH = `# bash completion for speechdeck
_speechdeck() {
	local word current prefix kind line
	local -a words
	words=()
	COMPREPLY=()
	# Bash takes --format=txt apart at the sign.
	for word in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
		current=
		((\${#words[@]})) && current=\${words[\${#words[@]}-1]}
		if [[ \${#words[@]} -gt 0 && ( $word == '='* || $current == --*= ) ]]; then
			words[\${#words[@]}-1]=$current$word
		else
			words+=("$word")
		fi
	done
	current=\${words[\${#words[@]}-1]}
	prefix=
	[[ $current == --*=* && $COMP_WORDBREAKS == *=* ]] && prefix=\${current%%=*}=
	{
		IFS= read -r kind
		while IFS= read -r line; do
			line=\${line%%$'\\t'*}
			COMPREPLY+=("\${line#"$prefix"}")
		done
	} < <(command speechdeck __complete -- "\${words[@]}" 2>/dev/null)
	case $kind in
		files) ;;
		folders) compopt +o default -o dirnames 2>/dev/null ;;
		*) compopt +o default 2>/dev/null ;;
	esac
	return 0
}
complete -o default -F _speechdeck speechdeck
`;

const ZSH = `#compdef speechdeck
# zsh completion for speechdeck
_speechdeck() {
	local -a answer candidates
	local line kind value
	answer=("\${(@f)$(command speechdeck __complete -- "\${(@Q)words[2,CURRENT-1]}" "\${(Q)PREFIX}" 2>/dev/null)}")
	kind=$answer[1]
	for line in "\${(@)answer[2,-1]}"; do
		[[ -n $line ]] || continue
		value=\${\${line%%$'\\t'*}//:/\\\\:}
		if [[ $line == *$'\\t'* ]]; then
			candidates+=("$value:\${line#*$'\\t'}")
		else
			candidates+=("$value")
		fi
	done
	local found=1
	if (( $#candidates )); then
		_describe -t values speechdeck candidates && found=0
	fi
	if [[ $kind == (files|folders) ]]; then
		[[ $PREFIX == --*=* ]] && compset -P '*='
		if [[ $kind == folders ]]; then
			_files -/ && found=0
		else
			_files && found=0
		fi
	fi
	return found
}
if [[ $funcstack[1] == _speechdeck ]]; then
	_speechdeck "$@"
elif (( $+functions[compdef] )); then
	compdef _speechdeck speechdeck
else
	print -u2 'speechdeck: run "autoload -Uz compinit && compinit" first'
fi
`;

const FISH = `# fish completion for speechdeck
function __speechdeck_complete
	set -l words (commandline -opc)
	set -l current (commandline -ct)
	set -e words[1]
	set -l answer (command speechdeck __complete -- $words "$current" 2>/dev/null)
	test (count $answer) -gt 0; or return
	test (count $answer) -gt 1; and printf '%s\\n' $answer[2..-1]
	set -l prefix (string match -r -- '^--[^=]*=' "$current"; or echo '')
	set -l path (string replace -- "$prefix" '' "$current")
	switch $answer[1]
		case files
			printf '%s\\n' $prefix(__fish_complete_path "$path")
		case folders
			printf '%s\\n' $prefix(__fish_complete_directories "$path" '')
	end
end
complete -c speechdeck -e
complete -c speechdeck -f -a '(__speechdeck_complete)'
`;

/** Before 7.3 PowerShell drops an empty argument, so that one is told by an option. Without an answer it offers files. */
const POWERSHELL = `# PowerShell completion for speechdeck
Register-ArgumentCompleter -Native -CommandName speechdeck -ScriptBlock {
	param($wordToComplete, $commandAst, $cursorPosition)
	$words = @($commandAst.CommandElements |
		Select-Object -Skip 1 |
		Where-Object { $_.Extent.StartOffset -lt $cursorPosition } |
		ForEach-Object {
			if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value }
			else { $_.Extent.Text }
		} |
		Where-Object { $_ -ne '' })
	$program = Get-Command speechdeck -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
	if (-not $program) { return }
	$isNew = @()
	$typed = ''
	if ($wordToComplete -ne '' -or "$($words | Select-Object -Last 1)".EndsWith(',')) { $typed = "$($words[-1])" }
	else { $isNew = @('--new-word') }
	# Of a list with commas PowerShell replaces the last item alone.
	$kept = [Math]::Max(0, $typed.Length - $wordToComplete.Length)
	$answer = @(& $program __complete @isNew '--' @words 2>$null)
	if ($answer.Count -lt 2) { return }
	foreach ($line in $answer[1..($answer.Count - 1)]) {
		$value, $description = $line -split "\`t", 2
		if (-not $description) { $description = $value }
		$value = $value.Substring($kept)
		[System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $description)
	}
}
`;

const SCRIPTS: Record<Shell, string> = {bash: BASH, zsh: ZSH, fish: FISH, powershell: POWERSHELL};
