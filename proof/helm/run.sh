#!/usr/bin/env bash
# Proves the Helm chart on a real Kubernetes: builds the image, installs the chart into a namespace that enforces Pod Security "restricted"
# and default-deny NetworkPolicies, with TLS between services and a Kafka that asks for users, delivers a merchant's day through the Service of
# ingest, kills and evicts pods, upgrades and rolls back while it is played, and compares what Stripe says was paid with what the three
# ledgers hold. Ends with 'N passed, N failed'.
# Needs a Docker engine, KUBECONFIG of a cluster whose nodes can be given images, helm and kubectl on the PATH, and LOAD_IMAGE: a command
# that hands local images to the nodes. Where a one-node cluster's scripts lie beside the project, it brings up its own. Without any of
# that it runs what needs none: the tests of the chart.
#   KEEP=yes proof/helm/run.sh              leaves it installed
#   BEFORE=<git revision> proof/helm/run.sh  upgrades from that version and back to it; without it from a second image of the same code
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source proof/check.sh
source proof/helm/infra.sh
source proof/helm/bad-values.sh
source proof/helm/day-two.sh

release=shop namespace=tributary
ports=(recon:24040 emulator-stripe:24242 emulator-epicor-kinetic:24301 emulator-dynamics-sl:24302 emulator-prophet21:24303)
export TRIBUTARY_PORT_RECON=24040 TRIBUTARY_PORT_EMULATOR_STRIPE=24242 TRIBUTARY_PORT_EMULATOR_EPICOR_KINETIC=24301
export TRIBUTARY_PORT_EMULATOR_DYNAMICS_SL=24302 TRIBUTARY_PORT_EMULATOR_PROPHET21=24303
export DOCKER_BUILDKIT=1
forwards=() scripts= state= before=${BEFORE:-the same code}

main() {
  trap clean_up EXIT
  usable || own_cluster || true
  if ! usable; then
    echo 'No cluster and engine to install into (KUBECONFIG, LOAD_IMAGE, helm, kubectl, docker): only the tests of the chart are run.'
    TRIBUTARY_TESTS=integration node --experimental-vm-modules --disable-warning=ExperimentalWarning node_modules/jest/bin/jest.js --forceExit proof/helm
    return
  fi
  clear_cluster
  check 'the image is built and handed to the node' build_images
  check 'Kafka, registry, PostgreSQL and the emulators are up' infra
  check 'values with a typo are refused, and nothing is installed' typo_is_refused
  check 'a Kafka that does not answer: the hook says so, and no service runs' wrong_kafka_is_said
  check 'a Kafka that refuses the password: the hook says so, and no service runs' refused_password_is_said
  check 'a Secret that is missing: the install fails, and helm test and doctor name the part' missing_secret_is_said
  check "the chart is installed with the version before ($before), every pod becomes ready under Pod Security \"restricted\"" install
  check 'helm test: every part says that it is ready' helm test "$release" --namespace "$namespace"
  check 'a pod that breaks Pod Security is refused' privileged_is_refused
  check 'a connection that no policy allows is refused, one that is allowed works' policies_hold
  check 'the role of a service sees its own tables only, and no service is given the one that owns them' roles_hold
  check 'a day is played while pods are killed, the node is drained, the release is upgraded and rolled back' day_under_change
  check 'every delivery is accounted for, and every ledger holds what Stripe took, once' settled
  check 'the release is upgraded for good' upgrade
  check 'an installation that is repeated changes nothing' upgrade_is_idempotent
  check 'doctor finds nothing missing' doctor
  check 'the level of the log is set at run time, and its line is there' log_level_is_set
  check 'a route of notifications is tried: the message arrives, signed' notification_arrives
  check 'services drain within the grace period' drains
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}

usable() { command -v helm kubectl docker >/dev/null && [ -n "${KUBECONFIG:-}" ] && [ -n "${LOAD_IMAGE:-}" ] && docker version >/dev/null 2>&1 && kubectl version >/dev/null 2>&1; }

# Brings up an engine and a one-node cluster from the scripts beside the project, from copies: images take the files' modes along.
own_cluster() {
  local beside=../shared
  [ -z "${KUBECONFIG:-}" ] && [ "$(id -u)" = 0 ] && [ -x "$beside/cluster/up.sh" ] && [ -x "$beside/containers/engine.sh" ] || return 1
  echo 'bringing up a Docker engine and a one-node Kubernetes'
  scripts=$(mktemp -d)
  cp -r "$beside/cluster" "$beside/containers" "$scripts" && chmod -R u+w "$scripts"
  (cd "$scripts/containers" && ./engine.sh && ./base-images.sh && cd ../cluster && ./build.sh && ./up.sh) >"$scripts/log" 2>&1 || { tail -n 20 "$scripts/log" >&2; return 1; }
  export KUBECONFIG=/var/lib/one-node-cluster/kubeconfig PATH="$HOME/.cache/one-node-cluster/bin:$PATH" LOAD_IMAGE="$scripts/cluster/load-image.sh"
}

clear_cluster() { kubectl delete namespace infra "$namespace" --ignore-not-found --wait=true >/dev/null 2>&1 || true; }

chart() { helm "$1" "$release" deploy/helm/tributary --namespace "$namespace" --values proof/helm/values.yaml "${@:2}"; }

install() { chart install --set image.tag=proof-1 --wait --timeout 300s; }

upgrade() { chart upgrade --wait --timeout 300s; }

# Pods that are not on their way out: those of the upgrade before may still drain.
running_pods() {
  kubectl --namespace "$namespace" get pods --selector "app.kubernetes.io/component notin (check, set-up)" \
    --output go-template='{{range .items}}{{if not .metadata.deletionTimestamp}}{{.metadata.name}}{{"\n"}}{{end}}{{end}}' | sort
}

upgrade_is_idempotent() {
  local before after
  before=$(running_pods)
  upgrade || return 1
  after=$(running_pods)
  [ "$before" = "$after" ] || { diff <(echo "$before") <(echo "$after"); return 1; }
}

privileged_is_refused() {
  local said
  said=$(kubectl --namespace "$namespace" run privileged --image tributary:proof-1 --privileged 2>&1) && return 1
  echo "$said" | grep -q 'violates PodSecurity'
}

# Connects from a pod: <namespace> <deployment> <host> <port>. 0: it got through.
reaches() {
  kubectl --namespace "$1" exec "deployment/$2" -- node -e "const s=require('net').connect($4,'$3',()=>process.exit(0));s.on('error',()=>process.exit(1));setTimeout(()=>process.exit(1),4000)"
}

policies_hold() {
  local of="$release-tributary" beyond="$namespace.svc.cluster.local"
  reaches infra emulator-stripe "$of-ingest.$beyond" 4010 || { echo 'Stripe does not reach ingest'; return 1; }
  reaches "$namespace" "$of-console" "$of-recon" 4040 || { echo 'the console does not reach recon'; return 1; }
  reaches "$namespace" "$of-console" "$of-erp-sink-kinetic-main" 4030 || { echo 'the console does not reach the sink of a target'; return 1; }
  ! reaches infra emulator-stripe "$of-recon.$beyond" 4040 || { echo 'a stranger reaches recon'; return 1; }
  ! reaches infra emulator-epicor-kinetic "$of-erp-sink-kinetic-main.$beyond" 4030 || { echo 'the ERP reaches its sink'; return 1; }
  ! reaches "$namespace" "$of-console" "$of-ingest" 4010 || { echo 'the console reaches ingest'; return 1; }
  ! reaches "$namespace" "$of-console" emulator-epicor-kinetic.infra.svc.cluster.local 4301 || { echo 'the console reaches the ERP'; return 1; }
  ! reaches "$namespace" "$of-transform" receiver.infra.svc.cluster.local 9800 || { echo 'transform reaches the receiver of notifications'; return 1; }
}

# As one role or another, by SQL. 0: it was done.
sql_as() { kubectl --namespace infra exec deployment/postgres -- psql --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 "postgres://$1:demo-password@localhost/tributary" --command "$2"; }

roles_hold() {
  local service role other said
  for service in transform erp-sink recon console; do
    role="tributary_${service//-/_}"
    said=$(sql_as tributary "select count(*) from information_schema.role_table_grants where grantee = '$role' and table_schema = '${service//-/_}'") || return 1
    [ "$said" -gt 0 ] || { echo "$role has no right to a table of its own"; return 1; }
    sql_as "$role" 'select 1' >/dev/null || { echo "$role cannot sign in"; return 1; }
    for other in transform erp_sink recon console; do
      said=$(sql_as "$role" "create table $other.made_by_a_service (id int)" 2>&1) && { echo "$role makes tables in $other"; return 1; }
      echo "$said" | grep -q 'permission denied for schema' || { echo "$role in $other: $said"; return 1; }
    done
  done
  ! kubectl --namespace "$namespace" get deployments --output yaml | grep -q database-owner || { echo 'a service is given the role that owns the tables'; return 1; }
}

restart_forwards() {
  local each
  for each in "${forwards[@]:-}"; do [ -z "$each" ] || kill "$each" 2>/dev/null || true; done
  forwards=()
  forward
}

forward() {
  kubectl --namespace "$namespace" port-forward "service/$release-tributary-recon" 24040:4040 >/dev/null 2>&1 & forwards+=($!)
  kubectl --namespace infra port-forward service/emulator-stripe 24242:4242 >/dev/null 2>&1 & forwards+=($!)
  kubectl --namespace infra port-forward service/emulator-epicor-kinetic 24301:4301 >/dev/null 2>&1 & forwards+=($!)
  kubectl --namespace infra port-forward service/emulator-dynamics-sl 24302:4302 >/dev/null 2>&1 & forwards+=($!)
  kubectl --namespace infra port-forward service/emulator-prophet21 24303:4303 >/dev/null 2>&1 & forwards+=($!)
  sleep 3
}

day_under_change() {
  local part
  kubectl --namespace infra exec deployment/emulator-stripe -- node -e \
    "fetch('http://127.0.0.1:4242/_control/day',{method:'POST',headers:{'content-type':'application/json'},body:JSON.stringify({speed:0.25})}).then((a)=>process.exit(a.ok?0:1))" || return 1
  for part in ingest transform erp-sink-kinetic-main erp-sink-sl-main recon; do
    kubectl --namespace "$namespace" delete pod --selector "app.kubernetes.io/component=$part" --grace-period 0 --force --wait=false
    sleep 4
  done
  node_drained || return 1
  upgrade || return 1
  kubectl --namespace "$namespace" get deployments --output jsonpath='{.items[*].spec.template.spec.containers[*].image}' | grep -q proof-2 || return 1
  helm rollback "$release" --namespace "$namespace" --wait --timeout 240s
}

# The node is drained of the release's pods. With one node they have nowhere to go, so the budgets must keep one pod of each part there.
node_drained() {
  local node left
  node=$(kubectl get nodes --output jsonpath='{.items[0].metadata.name}')
  kubectl drain "$node" --pod-selector "app.kubernetes.io/instance=$release" --delete-emptydir-data --disable-eviction=false --timeout 20s || true
  left=$(kubectl --namespace "$namespace" get pods --field-selector status.phase=Running --selector "app.kubernetes.io/component=ingest" --output name | wc -l)
  kubectl uncordon "$node" || return 1
  [ "$left" -ge 1 ] || { echo 'the drain left no pod of ingest'; return 1; }
}

settled() {
  forward
  ! curl -s -o /dev/null http://127.0.0.1:24040/counts || { echo 'recon answers without TLS'; return 1; }
  ! curl -s -o /dev/null --cacert "$state/tls/ca.crt" --connect-to "$release-tributary-recon:24040:127.0.0.1:24040" "https://$release-tributary-recon:24040/counts" ||
    { echo 'recon answers whoever shows no certificate'; return 1; }
  [[ "$(ask recon 24040 GET /counts)" = 401* ]] || { echo 'recon answers a stranger'; return 1; }
  TRIBUTARY_TOKEN=$(token) PROOF_TLS_FOLDER=$state/tls PROOF_RELEASE=$release-tributary- node proof/compose/compare.mjs
}

token() { TRIBUTARY_STATE_DIR=$state node tools/dist/tributary/cli.js token; }

# ask <service> <port> <method> <path> [body]: with the certificate that services have, and TRIBUTARY_TOKEN.
ask() { PROOF_TLS_FOLDER=$state/tls node proof/compose/ask.mjs "$release-tributary-$1" "${@:2}"; }

# 0 is a drain in time; 137 would be a SIGKILL.
drains() {
  local part pod watch
  for part in ingest transform erp-sink-kinetic-main erp-sink-p21-main recon console; do
    pod=$(kubectl --namespace "$namespace" get pods --selector "app.kubernetes.io/component=$part" --output jsonpath='{.items[0].metadata.name}')
    watch=$(mktemp)
    kubectl --namespace "$namespace" logs --follow "$pod" --tail 1 >"$watch" 2>/dev/null &
    kubectl --namespace "$namespace" delete pod "$pod" --wait=true
    wait $! || true
    grep -q '"drained"' "$watch" || { echo "$part: $(tail -n 3 "$watch")"; return 1; }
  done
}

clean_up() {
  local each
  for each in "${forwards[@]:-}"; do [ -z "$each" ] || kill "$each" 2>/dev/null || true; done
  [ "${KEEP:-}" = yes ] && return
  if [ -n "$scripts" ]; then (cd "$scripts/cluster" && ./down.sh >/dev/null 2>&1) || true; rm -rf "$scripts"; elif usable; then clear_cluster; fi
}

main "$@"
