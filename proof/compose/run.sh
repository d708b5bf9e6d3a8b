#!/usr/bin/env bash
# Proves that docker-compose.yml is the stack of `npm start`: builds the image, brings everything up, plays the demo day, compares what
# Stripe says was paid with what the three ledgers hold, and takes it down again. Ends with 'N passed, N failed'.
# Needs a Docker engine that answers, compose 2 and BuildKit; the project and its ports are its own, so a running stack is not touched.
#   KEEP=yes proof/compose/run.sh     leaves it running
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source proof/check.sh

export COMPOSE_PROJECT_NAME=tributary-proof DOCKER_BUILDKIT=1 COMPOSE_DOCKER_CLI_BUILD=1
export TRIBUTARY_PORT_CONSOLE=14000 TRIBUTARY_PORT_INGEST=14010 TRIBUTARY_PORT_TRANSFORM=14020 TRIBUTARY_PORT_ERP_SINK=14030 TRIBUTARY_PORT_ERP_SINK_STRIPE=14031
export TRIBUTARY_PORT_RECON=14040 TRIBUTARY_PORT_EMULATOR_STRIPE=14242 TRIBUTARY_PORT_EMULATOR_EPICOR_KINETIC=14301
export TRIBUTARY_PORT_EMULATOR_DYNAMICS_SL=14302 TRIBUTARY_PORT_EMULATOR_PROPHET21=14303
export TRIBUTARY_PORT_KAFKA=29192 TRIBUTARY_PORT_REGISTRY=28181 TRIBUTARY_PORT_POSTGRES=25532
up_within_s=300
# Whom recon tells: a receiver on the network of the project.
receiver=tributary-proof-receiver
NOTIFICATIONS_FOLDER=$(mktemp -d)
export NOTIFICATIONS_FOLDER RECON_NOTIFICATIONS_FILE=/notifications/routes.json

main() {
  docker version --format '{{.Server.Version}}' >/dev/null 2>&1 || { echo 'no Docker engine answers' >&2; exit 1; }
  trap clean_up EXIT
  docker compose --profile demo down --volumes --timeout 5 >/dev/null 2>&1 || true
  check 'the image is built' docker compose build
  check 'the image runs as an ordinary user' runs_as_node
  route_of_notifications
  check 'everything becomes healthy' docker compose up --detach --wait --wait-timeout "$up_within_s"
  check 'the demo day is played' docker compose --profile demo run --rm --no-deps day
  check 'nobody is answered without a token' strangers_are_refused
  check 'a link for the console is printed, once more and another one each time' links_are_printed
  check 'keys and tokens are for their owner only' keys_are_closed
  check 'every delivery is accounted for, and every ledger holds what Stripe took' compare
  check 'a route of notifications is tried: the message arrives, signed' notification_arrives
  check 'the audit trail is anchored outside of the database' anchored
  check 'the console knows the sink of each target, and each answers' targets_answer
  check 'every port is published on this machine only' loopback_only
  check 'services drain on SIGTERM' drains
  echo "$passed passed, $failed failed"
  [ "$failed" = 0 ]
}

runs_as_node() { [ "$(docker compose run --rm --no-deps --entrypoint id ingest -un)" = node ]; }

token() { docker compose run --rm --no-deps -T cli token; }

compare() { TRIBUTARY_TOKEN="$(token)" node proof/compose/compare.mjs; }

strangers_are_refused() {
  local port
  for port in "$TRIBUTARY_PORT_RECON/counts" "$TRIBUTARY_PORT_ERP_SINK/postings" "$TRIBUTARY_PORT_CONSOLE/api/counts"; do
    [ "$(curl -s -o /dev/null -w '%{http_code}' "http://127.0.0.1:$port")" = 401 ] || { echo "$port is answered"; return 1; }
  done
}

links_are_printed() {
  local first second
  first="$(docker compose run --rm --no-deps -T cli sign-in)" && second="$(docker compose run --rm --no-deps -T cli sign-in)" || return 1
  [[ "$first" = "http://127.0.0.1:$TRIBUTARY_PORT_CONSOLE/sign-in/link#"* ]] && [ "$first" != "$second" ]
}

keys_are_closed() {
  [ "$(docker compose run --rm --no-deps -T --entrypoint sh cli -c "stat -c %a /data/identity /data/identity/* | sort -u | tr '\\n' ' '")" = '600 700 ' ]
}

route_of_notifications() {
  chmod 755 "$NOTIFICATIONS_FOLDER"
  echo whsec_of_the_receiver >"$NOTIFICATIONS_FOLDER/secret"
  echo '{"installation":"compose","routes":[{"name":"duty","kind":"webhook","url":"http://receiver:9800/tributary","secretFile":"/notifications/secret","allowInternal":true}]}' >"$NOTIFICATIONS_FOLDER/routes.json"
}

notification_arrives() {
  docker run --detach --name "$receiver" --network "${COMPOSE_PROJECT_NAME}_default" --network-alias receiver --env SECRET=whsec_of_the_receiver \
    --volume "$PWD/proof/compose/receiver.mjs:/receiver.mjs:ro" tributary:local /receiver.mjs || return 1
  docker compose run --rm --no-deps -T cli notifications test duty || return 1
  local try
  for try in $(seq 1 30); do
    docker logs "$receiver" 2>&1 | grep -q '^signed .*tributary.notification/1' && return 0
    sleep 1
  done
  docker logs "$receiver"
  return 1
}

anchored() {
  # Somebody who tried a route stands in the audit trail; its end is written within ten seconds.
  local try
  for try in $(seq 1 20); do docker compose exec -T recon node -e "process.exit(require('fs').statSync('/anchors/audit-anchors').size > 0 ? 0 : 1)" 2>/dev/null && return 0; sleep 1; done
  return 1
}

targets_answer() {
  local said
  said=$(TRIBUTARY_TOKEN="$(token)" node proof/compose/ask.mjs erp-sink "$TRIBUTARY_PORT_ERP_SINK" GET /targets) || return 1
  echo "$said"
  local name
  for name in kinetic-main sl-main p21-main; do [[ "$said" = 200*"\"$name\""* ]] || { echo "no $name"; return 1; }; done
  said=$(TRIBUTARY_TOKEN="$(token)" node proof/compose/ask.mjs erp-sink "$TRIBUTARY_PORT_ERP_SINK_STRIPE" GET /targets) || return 1
  [[ "$said" = 200*'"stripe-main"'* ]] || { echo "$said"; return 1; }
  said=$(docker compose exec -T console sh -c 'echo "$ERP_SINK_URLS"')
  local pair
  for pair in ${said//,/ }; do
    docker compose exec -T console node -e "fetch('${pair#*=}/targets').then((a)=>process.exit(a.status===401?0:1),()=>process.exit(1))" || { echo "$pair does not answer"; return 1; }
  done
}

loopback_only() { ! docker compose ps --format '{{.Ports}}' | grep -E '0\.0\.0\.0:|\[::\]:'; }

# 0: drained in time; 137 would be a SIGKILL.
drains() {
  local service container
  for service in ingest transform erp-sink erp-sink-stripe recon; do
    container="$(docker compose ps --quiet "$service")"
    docker compose stop --timeout 30 "$service" || return 1
    [ "$(docker inspect --format '{{.State.ExitCode}}' "$container")" = 0 ] || { docker logs --tail 20 "$container"; return 1; }
  done
}

clean_up() {
  docker rm --force "$receiver" >/dev/null 2>&1 || true
  rm -rf "$NOTIFICATIONS_FOLDER"
  [ "${KEEP:-}" = yes ] || docker compose --profile demo down --volumes --timeout 5 >/dev/null 2>&1 || true
}

main "$@"
