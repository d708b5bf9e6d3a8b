{{/*
Who is told of what, as JSON: {file, files, egress, problems}. `file`: what RECON_NOTIFICATIONS_FILE says, or nothing without routes; `files`: secrets of
the routes, path below /secrets -> {name, key}; `egress`: rules of recon's NetworkPolicy, one per route; `problems`: what the schema cannot say, with its path.
*/}}
{{- define "tributary.notifications" -}}
{{- $problems := list -}}{{- $routes := list -}}{{- $files := dict -}}{{- $egress := list -}}{{- $seen := dict -}}
{{- range $index, $given := .Values.notifications.routes -}}
{{- $path := printf "notifications.routes[%d]" $index -}}
{{- if hasKey $seen $given.name }}{{- $problems = append $problems (printf "%s.name: there are two routes called %s" $path $given.name) -}}{{- end -}}
{{- $_ := set $seen $given.name true -}}
{{- $route := pick $given "name" "kind" "severities" "url" "allowInternal" "from" "to" "host" "port" "tls" "user" -}}
{{- range $key, $setting := dict "urlSecret" "urlFile" "signingSecret" "secretFile" "passwordSecret" "passwordFile" "caSecret" "caFile" -}}
{{- with index $given $key -}}
{{- $file := printf "notifications-%s-%s" $given.name $setting -}}
{{- $_ := set $files $file . -}}{{- $_ := set $route $setting (printf "/secrets/%s" $file) -}}
{{- end -}}
{{- end -}}
{{- $routes = append $routes $route -}}
{{- if and (eq $given.kind "webhook") (eq (empty $given.url) (empty $given.urlSecret)) }}{{- $problems = append $problems (printf "%s.url: give url, or urlSecret where the address is a secret itself" $path) -}}{{- end -}}
{{- if ne (empty $given.user) (empty $given.passwordSecret) }}{{- $problems = append $problems (printf "%s.passwordSecret: user and passwordSecret go together" $path) -}}{{- end -}}
{{- $host := "" -}}{{- $port := 443 -}}
{{- if eq $given.kind "mail" -}}
{{- $host = $given.host -}}{{- $port = int $given.port -}}
{{- else if $given.url -}}
{{- $address := urlParse $given.url -}}
{{- $host = $address.hostname -}}
{{- $port = int (default (ternary "80" "443" (eq $address.scheme "http")) (trimPrefix ":" (regexFind ":[0-9]+$" $address.host))) -}}
{{- end -}}
{{- $wanted := default dict $given.egress -}}
{{- $to := default list $wanted.to -}}
{{- if and (not $to) (regexMatch "^[0-9]+(\\.[0-9]+){3}$" $host) }}{{- $to = list (dict "ipBlock" (dict "cidr" (printf "%s/32" $host))) -}}{{- end -}}
{{- if and $given.allowInternal (not $to) $.Values.networkPolicy.enabled }}{{- $problems = append $problems (printf "%s.egress.to: name the peers of a receiver that may be internal" $path) -}}{{- end -}}
{{- $egress = append $egress (dict "to" (default (include "tributary.publicAddresses" $ | fromYamlArray) $to) "ports" (default (list $port) $wanted.ports)) -}}
{{- end -}}
{{- $file := dict -}}
{{- if $routes -}}
{{/* `off` is `false` in YAML, so values say `enabled`. */}}
{{- $conditions := dict -}}
{{- range $code, $change := .Values.notifications.conditions -}}
{{- $said := omit $change "enabled" -}}
{{- if hasKey $change "enabled" }}{{- $_ := set $said "off" (not $change.enabled) -}}{{- end -}}
{{- $_ := set $conditions $code $said -}}
{{- end -}}
{{- with .Values.notifications -}}
{{- $file = dict "installation" .installation "routes" $routes "remindAfterMinutes" .remindAfterMinutes "conditions" $conditions -}}
{{- with default (include "tributary.consoleUrl" $) .consoleUrl }}{{- $_ := set $file "console" . -}}{{- end -}}
{{- with .runbooksUrl }}{{- $_ := set $file "runbooks" . -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson (dict "file" $file "files" $files "egress" $egress "problems" $problems) -}}
{{- end -}}
