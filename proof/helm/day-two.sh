# Sourced by run.sh: what people do with a release that runs.

# As docs/runbooks/installation.md says, from a pod that may read metrics.
doctor() {
  local service services=()
  for service in ingest transform recon console erp-sink-kinetic-main erp-sink-sl-main erp-sink-p21-main erp-sink-stripe-main; do
    services+=(--service "$service=http://$release-tributary-$service.$namespace.svc.cluster.local:9090")
  done
  kubectl --namespace infra exec deployment/emulator-stripe -- env KAFKA_BROKERS=kafka.infra.svc.cluster.local:9092 \
    SCHEMA_REGISTRY_URL=http://registry.infra.svc.cluster.local:8080/apis/ccompat/v7 \
    node tools/dist/tributary/cli.js doctor "${services[@]}" --target kinetic-main --target sl-main --target p21-main --target stripe-main
}

log_level_is_set() {
  local said
  restart_forwards
  said=$(TRIBUTARY_TOKEN=$(<"$state/identity/token") ask recon 24040 PUT /log-level '{"level":"debug","forMinutes":1,"reason":"the proof of the chart"}')
  [[ "$said" = 200* ]] || { echo "$said"; return 1; }
  TRIBUTARY_TOKEN=$(<"$state/identity/token") ask recon 24040 GET /counts >"$state/said"
  sleep 2
  kubectl --namespace "$namespace" logs "deployment/$release-tributary-recon" --since 30s | tee "$state/said" | grep -q '"level":"debug".*"route":"/counts"' || { tail -n 5 "$state/said"; return 1; }
}

# The receiver writes what it gets into its log: signature and body.
notification_arrives() {
  local said
  said=$(TRIBUTARY_TOKEN=$(<"$state/identity/token") ask recon 24040 POST /notification-routes/duty/test '{}')
  [[ "$said" = 202* ]] || { echo "$said"; return 1; }
  local try
  for try in $(seq 1 30); do
    kubectl --namespace infra logs deployment/receiver | tee "$state/said" | grep -q 'signed .*tributary.notification/1' && return 0
    sleep 1
  done
  cat "$state/said"
  TRIBUTARY_TOKEN=$(<"$state/identity/token") ask recon 24040 GET /notification-routes
  return 1
}
