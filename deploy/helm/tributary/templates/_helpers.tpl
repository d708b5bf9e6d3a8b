{{/* Prefix of all names: release and chart, unless overridden. */}}
{{- define "tributary.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 40 | trimSuffix "-" -}}
{{- else -}}
{{- $name := default .Chart.Name .Values.nameOverride -}}
{{- if contains $name .Release.Name -}}{{- .Release.Name | trunc 40 | trimSuffix "-" -}}{{- else -}}{{- printf "%s-%s" .Release.Name $name | trunc 40 | trimSuffix "-" -}}{{- end -}}
{{- end -}}
{{- end -}}

{{/* Labels that select the pods of a part. Argument: {root, component}. */}}
{{- define "tributary.selector" -}}
app.kubernetes.io/name: {{ default .root.Chart.Name .root.Values.nameOverride }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- if .component }}
app.kubernetes.io/component: {{ .component }}
{{- end }}
{{- end -}}

{{/* Labels of every object. Argument: {root, component}. */}}
{{- define "tributary.labels" -}}
{{ include "tributary.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "tributary.image" -}}
{{- if .Values.image.digest -}}
{{ .Values.image.repository }}@{{ .Values.image.digest }}
{{- else -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end -}}
{{- end -}}

{{/* Names of the targets, comma separated. */}}
{{- define "tributary.targets" -}}
{{- $names := list -}}
{{- range .Values.targets }}{{- $names = append $names .name -}}{{- end -}}
{{- join "," $names -}}
{{- end -}}

{{/* Targets whose ledgers recon reads, as JSON: {"targets": [...]}. */}}
{{- define "tributary.ledgerTargets" -}}
{{- $wanted := .Values.services.recon.ledgerTarget -}}
{{- $found := list -}}
{{- range .Values.targets }}
{{- if or (eq .name $wanted) (and (empty $wanted) (ne .kind "stripe")) }}{{- $found = append $found . -}}{{- end -}}
{{- end -}}
{{- if empty $found -}}{{- fail (printf "services.recon.ledgerTarget: no target %s is in targets" (default "of an ERP" $wanted)) -}}{{- end -}}
{{- toJson (dict "targets" $found) -}}
{{- end -}}

{{/*
What recon is told of these ledgers, as JSON: {env, secretEnv}. Of one ledger its variables; of several the list of them, and the variables of
each with its name in front (`SL_MAIN__SL_URL`).
*/}}
{{- define "tributary.ledgerSettings" -}}
{{- $ledgers := (fromJson (include "tributary.ledgerTargets" .)).targets -}}
{{- $env := dict "ERP_KIND" (first $ledgers).kind -}}
{{- $secrets := dict -}}
{{- $pairs := list -}}
{{- range $ledgers }}
{{- $pairs = append $pairs (printf "%s=%s" .name .kind) -}}
{{- $prefix := ternary "" (printf "%s__" (.name | upper | replace "-" "_")) (eq (len $ledgers) 1) -}}
{{- range $name, $value := default dict .env }}{{- $_ := set $env (printf "%s%s" $prefix $name) $value -}}{{- end -}}
{{- range $name, $value := default dict .secretEnv }}{{- $_ := set $secrets (printf "%s%s" $prefix $name) $value -}}{{- end -}}
{{- end -}}
{{- if gt (len $ledgers) 1 }}{{- $_ := set $env "RECON_LEDGERS" (join "," $pairs) -}}{{- end -}}
{{- toJson (dict "env" $env "secretEnv" $secrets) -}}
{{- end -}}

{{/* What cannot be said by the schema: required values and names that are there twice, each with its path. */}}
{{- define "tributary.validate" -}}
{{- $problems := list -}}
{{- if not .Values.kafka.brokers }}{{- $problems = append $problems "kafka.brokers: name at least one broker (host:port)" -}}{{- end -}}
{{- if not .Values.schemaRegistry.url }}{{- $problems = append $problems "schemaRegistry.url: give the address of the registry, with its path" -}}{{- end -}}
{{- range $service, $own := .Values.postgresql.services }}
{{- if not (or $own.urlSecret.name $.Values.postgresql.urlSecret.name) }}{{- $problems = append $problems (printf "postgresql.urlSecret.name: name the Secret that holds the connection URL, or that of %s in postgresql.services.%s.urlSecret.name" $service $service) -}}{{- end -}}
{{- end -}}
{{- if not .Values.identity.keysSecret.name }}{{- $problems = append $problems "identity.keysSecret.name: name the Secret with the keys of this installation (`npm run -s tributary -- identity keys <folder>` makes them)" -}}{{- end -}}
{{- if and .Values.oidc.issuer (not .Values.oidc.clientId) }}{{- $problems = append $problems "oidc.clientId: say how the console is known at the provider" -}}{{- end -}}
{{- if and .Values.oidc.issuer (not (include "tributary.consoleUrl" .)) }}{{- $problems = append $problems "console.url: give the address that browsers open the console by; the provider sends them back there" -}}{{- end -}}
{{- if and (eq .Values.environment "prod") (not .Values.tls.services.secret.name) (not (has "services" .Values.allowPlaintext)) }}{{- $problems = append $problems "tls.services.secret.name: name the Secret with the certificate of the services, or `services` in allowPlaintext where another layer protects what they send each other" -}}{{- end -}}
{{- if not .Values.stripe.endpointsSecret.name }}{{- $problems = append $problems "stripe.endpointsSecret.name: name the Secret that holds the webhook endpoints" -}}{{- end -}}
{{- if not .Values.targets }}{{- $problems = append $problems "targets: name at least one target" -}}{{- end -}}
{{- if and (eq .Values.assets.source "configMap") (not .Values.assets.configMap.name) }}{{- $problems = append $problems "assets.configMap.name: name the ConfigMap with the assets, or set assets.source to image" -}}{{- end -}}
{{- if and .Values.ingress.enabled (not .Values.ingress.host) }}{{- $problems = append $problems "ingress.host: give the host that Stripe delivers to" -}}{{- end -}}
{{- if and .Values.consoleIngress.enabled (not .Values.consoleIngress.host) }}{{- $problems = append $problems "consoleIngress.host: give the host of the console" -}}{{- end -}}
{{- if and .Values.gateway.enabled (not .Values.gateway.parentRefs) }}{{- $problems = append $problems "gateway.parentRefs: name the Gateway that the route belongs to" -}}{{- end -}}
{{- with .Values.kafka.sasl -}}
{{- if .mechanism -}}
{{- range $service := list "ingest" "transform" "erpSink" "recon" "setUp" -}}
{{- $user := default $.Values.kafka.sasl (index $.Values.kafka.sasl.users $service) -}}
{{- if not (and $user.username $user.passwordSecret.name) }}{{- $problems = append $problems (printf "kafka.sasl.username and kafka.sasl.passwordSecret.name: name the user of every service, or that of %s in kafka.sasl.users.%s" $service $service) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if gt (int .Values.autoscaling.minReplicas) (int .Values.autoscaling.maxReplicas) }}{{- $problems = append $problems "autoscaling.minReplicas: is more than autoscaling.maxReplicas" -}}{{- end -}}
{{- $seen := dict -}}
{{- range $index, $target := .Values.targets }}
{{- if hasKey $seen $target.name }}{{- $problems = append $problems (printf "targets[%d].name: there are two targets called %s" $index $target.name) -}}{{- end -}}
{{- $_ := set $seen $target.name true -}}
{{- if and (include "tributary.isSingle" $target.kind) (gt (int (default 1 $target.replicas)) 1) }}{{- $problems = append $problems (printf "targets[%d].replicas: %s takes few writers at once (%s), which one pod counts; leave it at 1" $index $target.kind $target.name) -}}{{- end -}}
{{- end -}}
{{- range $problem := (fromJson (include "tributary.notifications" .)).problems }}{{- $problems = append $problems $problem -}}{{- end -}}
{{- $given := dict -}}
{{- range $service := list "ingest" "transform" "recon" "console" }}{{- $_ := set $given (printf "services.%s" $service) (index $.Values.services $service).env -}}{{- end -}}
{{- range $index, $target := .Values.targets }}{{- $_ := set $given (printf "targets[%d]" $index) (default dict $target.env) -}}{{- end -}}
{{- range $path, $env := $given }}
{{- range $variable, $_ := $env }}
{{- if regexMatch "^(HTTP_(HOST|PORT|TLS_.+)|HEALTH_PORT|TRIBUTARY_ENVIRONMENT|NODE_ENV|ALLOW_PLAINTEXT|OTEL_EXPORTER_OTLP_ENDPOINT|(IDENTITY|SERVICE|FACT_SEAL|PAYLOAD_KEYS).*)$" $variable }}{{- $problems = append $problems (printf "%s.env.%s: the chart sets this variable itself" $path $variable) -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- if $problems }}{{- fail (printf "\n\nThe values are not complete:\n  %s\n" (join "\n  " $problems)) -}}{{- end -}}
{{- end -}}

{{/* How services are called: over TLS where they have certificates. */}}
{{- define "tributary.scheme" -}}{{ ternary "https" "http" (not (empty .Values.tls.services.secret.name)) }}{{- end -}}

{{/* The certificates of a part, in its environment. Argument: {root, component}. */}}
{{- define "tributary.tlsEnv" -}}
{{- if .root.Values.tls.services.secret.name }}
- { name: HTTP_TLS_CERT_FILE, value: /tls/tls.crt }
- { name: HTTP_TLS_KEY_FILE, value: /tls/tls.key }
{{- if and .root.Values.tls.services.mutual (not (has .component (list "ingest" "console"))) }}
- { name: HTTP_TLS_CLIENT_CA_FILE, value: /tls/ca.crt }
{{- end }}
- { name: SERVICE_CA_FILE, value: /tls/ca.crt }
- { name: SERVICE_CLIENT_CERT_FILE, value: /tls/tls.crt }
- { name: SERVICE_CLIENT_KEY_FILE, value: /tls/tls.key }
{{- end }}
{{- end -}}

{{/* The files of these certificates. Argument: {root, component}. */}}
{{- define "tributary.tlsVolume" -}}
{{- if .root.Values.tls.services.secret.name }}
- name: tls
  secret:
    secretName: {{ default .root.Values.tls.services.secret.name (index .root.Values.tls.services.secrets .component) }}
    defaultMode: 288 # 0440: the user of the pod reads, by its group
    items: [{ key: tls.crt, path: tls.crt }, { key: tls.key, path: tls.key }, { key: ca.crt, path: ca.crt }]
{{- end }}
{{- end -}}

{{/*
Whether an ERP takes so few calls at once that only one pod may write to it: "true" or nothing. How many are open is counted within a process, so there is
never a second one, not even while a release is upgraded.
*/}}
{{- define "tributary.isSingle" -}}
{{- if has . (list "dynamics-sl" "prophet21") }}true{{ end -}}
{{- end -}}

{{/* Port of health and metrics. */}}
{{- define "tributary.healthPort" -}}9090{{- end -}}

{{/* Address that browsers open the console by; empty where it is not published. */}}
{{- define "tributary.consoleUrl" -}}
{{- if .Values.console.url -}}{{ .Values.console.url }}
{{- else if and .Values.consoleIngress.enabled .Values.consoleIngress.tlsSecret -}}https://{{ .Values.consoleIngress.host }}
{{- end -}}
{{- end -}}

{{/* The connection of a service to PostgreSQL, as JSON: its own Secret, or the one of all. Argument: {root, service}. */}}
{{- define "tributary.database" -}}
{{- $own := (index .root.Values.postgresql.services .service).urlSecret -}}
{{- toJson (dict "DATABASE_URL" (ternary $own .root.Values.postgresql.urlSecret (not (empty $own.name)))) -}}
{{- end -}}

{{/* Variables of the console about signing in, as JSON. */}}
{{- define "tributary.signInEnv" -}}
{{- $env := dict -}}
{{- with include "tributary.consoleUrl" . }}{{- $_ := set $env "CONSOLE_URL" . -}}{{- if hasPrefix "https:" . }}{{- $_ := set $env "HTTP_OVER_TLS" "true" -}}{{- end -}}{{- end -}}
{{- with .Values.console.trustedProxies }}{{- $_ := set $env "TRUSTED_PROXIES" (join "," .) -}}{{- end -}}
{{- with .Values.oidc -}}
{{- if .issuer -}}
{{- $_ := merge $env (dict "OIDC_ISSUER" .issuer "OIDC_CLIENT_ID" .clientId "OIDC_SCOPE" .scope "OIDC_GROUPS_CLAIM" .groupsClaim "OIDC_GROUPS" (toJson .groups)) -}}
{{- if .name }}{{- $_ := set $env "OIDC_NAME" .name -}}{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson $env -}}
{{- end -}}

{{/* Secrets of the console, as JSON. */}}
{{- define "tributary.consoleSecrets" -}}
{{- $secrets := fromJson (include "tributary.database" (dict "root" . "service" "console")) -}}
{{- if .Values.console.setUpCodeSecret.name }}{{- $_ := set $secrets "SET_UP_CODE" .Values.console.setUpCodeSecret -}}{{- end -}}
{{- if and .Values.oidc.issuer .Values.oidc.clientSecret.name }}{{- $_ := set $secrets "OIDC_CLIENT_SECRET" .Values.oidc.clientSecret -}}{{- end -}}
{{- toJson $secrets -}}
{{- end -}}

{{/* Where the keys of this installation are in a pod, and who asks the console which tokens were withdrawn. Argument: {root, component, keys}. */}}
{{- define "tributary.identityEnv" -}}
- { name: IDENTITY_JWKS_FILE, value: /identity/jwks.json }
{{- range $name, $file := .keys }}
- { name: {{ $name }}_FILE, value: /identity/{{ $file }} }
{{- end }}
{{- if ne .component "console" }}
- { name: FACT_SEAL_KEYS_FILE, value: /identity/fact-seal-keys }
{{- with .root.Values.kafka.sealsRequiredFrom }}
- { name: FACT_SEAL_REQUIRED_FROM, value: {{ . | quote }} }
{{- end }}
{{- end }}
{{- if and (ne .component "console") (ne .component "ingest") }}
- { name: PAYLOAD_KEYS_FILE, value: /identity/payload-keys }
{{- end }}
{{- if and .keys (ne .component "console") }}
- { name: IDENTITY_REVOCATIONS_URL, value: {{ printf "%s://%s-console:4000/identity/revocations" (include "tributary.scheme" .root) (include "tributary.fullname" .root) }} }
{{- end }}
{{- end -}}

{{/* The files of the keys of one part. Argument: {root, component, keys}. */}}
{{- define "tributary.identityVolume" -}}
- name: identity
  secret:
    secretName: {{ .root.Values.identity.keysSecret.name }}
    defaultMode: 288 # 0440: the user of the pod reads, by its group
    items:
      - { key: jwks.json, path: jwks.json }
      {{- range $name, $file := .keys }}
      - { key: {{ $file }}, path: {{ $file }} }
      {{- end }}
      {{- if ne .component "console" }}
      - { key: fact-seal-keys, path: fact-seal-keys }
      {{- end }}
      {{- if and (ne .component "console") (ne .component "ingest") }}
      - { key: payload-keys, path: payload-keys }
      {{- end }}
{{- end -}}

{{- define "tributary.podSecurity" -}}
runAsNonRoot: true
runAsUser: 1000
runAsGroup: 1000
fsGroup: 1000
seccompProfile: { type: RuntimeDefault }
{{- end -}}

{{- define "tributary.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities: { drop: [ALL] }
{{- end -}}

{{/* Environment variables from {variable: value}. */}}
{{- define "tributary.plainEnv" -}}
{{- range $name, $value := . }}
- { name: {{ $name }}, value: {{ $value | toString | quote }} }
{{- end }}
{{- end -}}

{{/*
Whether a variable is a secret that is read from a file, too (`<NAME>_FILE`), and again when that changes, or names a file itself (`ERP_CA_FILE`):
"true" or nothing. Those are mounted, so that a changed Secret is used without a restart; anything else of a Secret is a variable of the process.
*/}}
{{- define "tributary.isMounted" -}}
{{- if regexMatch "(_PASSWORD|_SECRET|_KEY|_CODE|^STRIPE_ENDPOINTS|^DATABASE_URL|_PROXY_URL|_FILE)$" . }}true{{ end -}}
{{- end -}}

{{/* Environment variables from {variable: {name, key}}. */}}
{{- define "tributary.secretEnv" -}}
{{- range $name, $reference := . }}
{{- if include "tributary.isMounted" $name }}
- { name: {{ trimSuffix "_FILE" $name }}_FILE, value: /secrets/{{ $name }} }
{{- else }}
- { name: {{ $name }}, valueFrom: { secretKeyRef: { name: {{ $reference.name }}, key: {{ $reference.key }} } } }
{{- end }}
{{- end }}
{{- end -}}

{{/*
How a part reaches Kafka, the registry and PostgreSQL, as JSON: {env, secrets, files}. `files` are further sources of the volume: path -> {name, key}.
Argument: {root, service, kafka, database}, the last two: whether it uses them.
*/}}
{{- define "tributary.access" -}}
{{- $values := .root.Values -}}
{{- $service := .service -}}
{{- $env := dict -}}{{- $secrets := dict -}}{{- $files := dict -}}
{{- if .kafka -}}
{{- with $values.kafka.tls -}}
{{- if .enabled -}}{{- $_ := set $env "KAFKA_TLS" "true" -}}{{- end -}}
{{- if .caSecret.name -}}{{- $_ := set $env "KAFKA_CA_FILE" "/secrets/kafka-ca.crt" -}}{{- $_ := set $files "kafka-ca.crt" .caSecret -}}{{- end -}}
{{- if .clientSecret.name -}}
{{- $_ := merge $env (dict "KAFKA_CLIENT_CERT_FILE" "/secrets/kafka.crt" "KAFKA_CLIENT_KEY_FILE" "/secrets/kafka.key") -}}
{{- $_ := merge $files (dict "kafka.crt" (dict "name" .clientSecret.name "key" "tls.crt") "kafka.key" (dict "name" .clientSecret.name "key" "tls.key")) -}}
{{- end -}}
{{- end -}}
{{- $sasl := $values.kafka.sasl -}}
{{- if $sasl.mechanism -}}
{{- $user := default $sasl (index $sasl.users .service) -}}
{{- $_ := merge $env (dict "KAFKA_SASL_MECHANISM" $sasl.mechanism "KAFKA_USERNAME" $user.username) -}}
{{- $_ := set $secrets "KAFKA_PASSWORD" $user.passwordSecret -}}
{{- if $sasl.tokenUrl -}}{{- $_ := set $env "KAFKA_OAUTH_TOKEN_URL" $sasl.tokenUrl -}}{{- end -}}
{{- if $sasl.scope -}}{{- $_ := set $env "KAFKA_OAUTH_SCOPE" $sasl.scope -}}{{- end -}}
{{- end -}}
{{- with $values.schemaRegistry -}}
{{- if .username -}}{{- $_ := set $env "SCHEMA_REGISTRY_USERNAME" .username -}}{{- end -}}
{{- if .passwordSecret.name -}}{{- $_ := set $secrets "SCHEMA_REGISTRY_PASSWORD" .passwordSecret -}}{{- end -}}
{{- if .caSecret.name -}}{{- $_ := set $env "SCHEMA_REGISTRY_CA_FILE" "/secrets/registry-ca.crt" -}}{{- $_ := set $files "registry-ca.crt" .caSecret -}}{{- end -}}
{{- if .clientSecret.name -}}
{{- $_ := merge $env (dict "SCHEMA_REGISTRY_CLIENT_CERT_FILE" "/secrets/registry.crt" "SCHEMA_REGISTRY_CLIENT_KEY_FILE" "/secrets/registry.key") -}}
{{- $_ := merge $files (dict "registry.crt" (dict "name" .clientSecret.name "key" "tls.crt") "registry.key" (dict "name" .clientSecret.name "key" "tls.key")) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- if .database -}}
{{- with $values.postgresql -}}
{{- if .caSecret.name -}}{{- $_ := set $env "DATABASE_CA_FILE" "/secrets/postgresql-ca.crt" -}}{{- $_ := set $files "postgresql-ca.crt" .caSecret -}}{{- end -}}
{{- $hook := eq $service "setUp" -}}
{{- $client := .migrationClientSecret.name -}}
{{- if not $hook -}}{{- $client = default .clientSecret.name (index .services $service).clientSecret.name -}}{{- end -}}
{{- if $client -}}
{{- $prefix := ternary "DATABASE_MIGRATION" "DATABASE" $hook -}}
{{- $_ := merge $env (dict (printf "%s_CLIENT_CERT_FILE" $prefix) "/secrets/postgresql.crt" (printf "%s_CLIENT_KEY_FILE" $prefix) "/secrets/postgresql.key") -}}
{{- $_ := merge $files (dict "postgresql.crt" (dict "name" $client "key" "tls.crt") "postgresql.key" (dict "name" $client "key" "tls.key")) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- toJson (dict "env" $env "secrets" $secrets "files" $files) -}}
{{- end -}}

{{/* Further sources of the volume of secrets, from {path: {name, key}}. */}}
{{- define "tributary.fileSources" -}}
{{- range $path, $reference := . }}
- secret: { name: {{ $reference.name }}, items: [{ key: {{ $reference.key }}, path: {{ $path }} }] }
{{- end }}
{{- end -}}

{{/* The files that these variables name, as sources of a volume; nothing where there is none. */}}
{{- define "tributary.secretSources" -}}
{{- range $name, $reference := . }}
{{- if include "tributary.isMounted" $name }}
- secret: { name: {{ $reference.name }}, items: [{ key: {{ $reference.key }}, path: {{ $name }} }] }
{{- end }}
{{- end }}
{{- end -}}

{{/*
Every long-running part of a release, as JSON: {"<component>": {entry, flags, port, replicas, resources, env, secretEnv, assets, scaled, group, topic, keys}}.
`keys`: variable -> file of identity.keysSecret that only this part is given.
One description from which Deployments, Services, NetworkPolicies, disruption budgets and scalers are made.
*/}}
{{- define "tributary.components" -}}
{{- $root := . -}}
{{- $kafka := dict "KAFKA_BROKERS" (join "," .Values.kafka.brokers) "SCHEMA_REGISTRY_URL" .Values.schemaRegistry.url -}}
{{- $consumer := merge (dict "KAFKA_SESSION_TIMEOUT_MS" (.Values.kafka.sessionTimeoutMs | int | toString)) $kafka -}}
{{- $name := include "tributary.fullname" . -}}
{{- $scheme := include "tributary.scheme" . -}}
{{- $recon := dict "RECON_URL" (printf "%s://%s-recon:4040" $scheme $name) -}}
{{- $components := dict -}}
{{- $services := .Values.services -}}
{{- $_ := set $components "ingest" (dict "entry" "services/ingest/dist/main.js" "port" 4010
      "flags" (list "--single-threaded-gc" "--no-allocation-site-pretenuring" "--incremental-marking-soft-trigger=80" "--incremental-marking-hard-trigger=95" "--min-semi-space-size=8" "--max-semi-space-size=8" "--max-old-space-size=192")
      "replicas" $services.ingest.replicas "resources" $services.ingest.resources
      "env" (merge (deepCopy $services.ingest.env) $recon $kafka) "secretEnv" (dict "STRIPE_ENDPOINTS" .Values.stripe.endpointsSecret)) -}}
{{- $readStripe := dict -}}
{{- if .Values.stripe.apiKeySecret.name }}{{- $readStripe = dict "STRIPE_API_KEY" .Values.stripe.apiKeySecret -}}{{- end -}}
{{- $_ := set $components "transform" (dict "entry" "services/transform/dist/main.js" "port" 4020 "flags" list
      "replicas" $services.transform.replicas "resources" $services.transform.resources "assets" true "scaled" true
      "group" "tributary-translate" "topic" "stripe.events.v1" "keys" (dict "SERVICE_KEY" "transform.key.json")
      "env" (merge (deepCopy $services.transform.env) $recon (dict "STRIPE_API_URL" .Values.stripe.apiUrl "TRIBUTARY_TARGETS" (include "tributary.targets" .)) $consumer) "secretEnv" (merge (deepCopy $readStripe) (fromJson (include "tributary.database" (dict "root" $root "service" "transform"))))) -}}
{{- $ledger := fromJson (include "tributary.ledgerSettings" .) -}}
{{- $told := fromJson (include "tributary.notifications" .) -}}
{{- $reconEnv := dict -}}
{{- if $told.file }}{{- $_ := set $reconEnv "RECON_NOTIFICATIONS_FILE" "/notifications/notifications.json" -}}{{- end -}}
{{- if $services.recon.auditAnchorClaim }}{{- $_ := set $reconEnv "AUDIT_ANCHOR_FILE" "/anchors/audit-anchors" -}}{{- end -}}
{{- $_ := set $components "recon" (dict "entry" "services/recon/dist/main.js" "port" 4040 "flags" list
      "replicas" $services.recon.replicas "resources" $services.recon.resources "assets" true "files" $told.files "notifications" $told.file "anchors" $services.recon.auditAnchorClaim "keys" (dict "SERVICE_KEY" "recon.key.json")
      "env" (merge (deepCopy $services.recon.env) $ledger.env $reconEnv (dict "RECON_TARGETS" (include "tributary.targets" .) "TRIBUTARY_TARGETS" (include "tributary.targets" .)
              "STRIPE_API_URL" .Values.stripe.apiUrl "TRANSFORM_URL" (printf "%s://%s-transform:4020" $scheme $name)) $consumer)
      "secretEnv" (merge $ledger.secretEnv (deepCopy $readStripe) (fromJson (include "tributary.database" (dict "root" $root "service" "recon"))))) -}}
{{- $sinks := list -}}
{{- range .Values.targets }}{{- $sinks = append $sinks (printf "%s=%s://%s-erp-sink-%s:4030" .name $scheme $name .name) -}}{{- end -}}
{{- $_ := set $components "console" (dict "entry" "services/console/dist/main.js" "port" 4000 "flags" list
      "replicas" $services.console.replicas "resources" $services.console.resources
      "keys" (dict "IDENTITY_KEY" "console.key.json" "SERVICE_KEY" "console-service.key.json")
      "env" (merge (deepCopy $services.console.env) $recon (dict "ERP_SINK_URLS" (join "," $sinks)) (ternary (dict "HTTP_ALLOWED_HOSTS" .Values.consoleIngress.host) dict .Values.consoleIngress.enabled) (fromJson (include "tributary.signInEnv" .)))
      "secretEnv" (fromJson (include "tributary.consoleSecrets" .))) -}}
{{- range .Values.targets }}
{{- $single := not (empty (include "tributary.isSingle" .kind)) -}}
{{- $_ := set $components (printf "erp-sink-%s" .name) (dict "entry" "services/erp-sink/dist/main.js" "port" 4030
      "flags" (list "--max-semi-space-size=8" "--max-old-space-size=320") "target" .name
      "replicas" (ternary 1 (ternary .replicas $services.erpSink.replicas (hasKey . "replicas")) $single) "resources" (default $services.erpSink.resources .resources) "scaled" (not $single) "single" $single
      "group" (printf "tributary-sink-%s" .name) "topic" (printf "postings.%s.v1" .name) "keys" (dict "SERVICE_KEY" "erp-sink.key.json")
      "env" (merge (deepCopy (default dict .env)) $recon (dict "ERP_TARGET" .name "ERP_KIND" .kind) $consumer)
      "secretEnv" (merge (deepCopy (default dict .secretEnv)) (fromJson (include "tributary.database" (dict "root" $root "service" "erpSink"))))) -}}
{{- end -}}
{{- toJson $components -}}
{{- end -}}
