# Sourced by run.sh: an install that cannot work says what is wrong and where, and nothing half-installed keeps running.

typo_is_refused() {
  local said
  said=$(chart install --set kafak.brokers=x 2>&1) && return 1
  echo "$said" | grep -q kafak && [ -z "$(kubectl --namespace "$namespace" get deployments --output name)" ]
}

wrong_kafka_is_said() { hook_says nowhere --set 'kafka.brokers={nowhere.infra.svc.cluster.local:9094}'; }

refused_password_is_said() { hook_says 'authentication' --set kafka.sasl.passwordSecret.key=wrong; }

# hook_says <word> <values...>: the install fails, the message of the hook's pod has the word, and nothing runs.
hook_says() {
  chart install "${@:2}" --set setUp.backoffLimit=0 --timeout 120s && return 1
  kubectl --namespace "$namespace" get pods --selector app.kubernetes.io/component=set-up --output jsonpath='{.items[*].status.containerStatuses[*].state.terminated.message}' | tee "$state/said"
  grep -qi "$1" "$state/said" || return 1
  ! grep -q demo-password "$state/said" || { echo 'the message has the password'; return 1; }
  [ -z "$(kubectl --namespace "$namespace" get deployments --output name)" ] || return 1
  helm uninstall "$release" --namespace "$namespace" --wait
}

missing_secret_is_said() {
  chart install --set postgresql.services.recon.urlSecret.name=not-there --wait --timeout 90s && { echo 'it was installed'; return 1; }
  helm test "$release" --namespace "$namespace" --logs 2>&1 | tee "$state/said"
  grep -q 'recon: no answer' "$state/said" || { echo 'helm test does not name recon'; return 1; }
  kubectl --namespace "$namespace" get events --field-selector reason=FailedMount --output jsonpath='{.items[*].message}' | grep -q '"not-there" not found' || { echo 'no event names the Secret'; return 1; }
  doctor >"$state/said" 2>&1 && { echo 'doctor finds nothing'; return 1; }
  grep -q 'service.silent.*recon\|recon.*service.silent' "$state/said" || { cat "$state/said"; return 1; }
  helm uninstall "$release" --namespace "$namespace" --wait
}
