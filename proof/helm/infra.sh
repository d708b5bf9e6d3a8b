# Sourced by run.sh: images, and what an installation has already.

# proof-1: the version before; proof-2: the one of this folder.
build_images() {
  docker build --tag tributary:proof-2 . && image_before &&
    docker build --target demo --tag tributary:proof-demo . &&
    $LOAD_IMAGE tributary:proof-1 tributary:proof-2 tributary:proof-demo apache/kafka:4.2.0 apicurio/apicurio-registry:3.0.9 postgres:17-bookworm
}

image_before() {
  [ -n "${BEFORE:-}" ] || { docker tag tributary:proof-2 tributary:proof-1; return; }
  local folder
  folder=$(mktemp -d)
  git archive "$BEFORE" | tar -x -C "$folder" && docker build --tag tributary:proof-1 "$folder" && rm -rf "$folder"
}

infra() {
  state=$(mktemp -d)
  certificates "$state/tls"
  kubectl create namespace infra
  kubectl --namespace infra create configmap roles --from-file=deploy/compose/roles.sql
  kubectl --namespace infra create configmap authority --from-file="$state/tls/ca.crt"
  kubectl --namespace infra create secret generic kafka-tls --from-file="$state/tls/kafka.pem"
  kubectl --namespace infra create configmap receiver --from-file=proof/compose/receiver.mjs
  kubectl --namespace infra create secret generic receiver --from-literal=secret=whsec_of_the_receiver
  kubectl --namespace infra apply --filename proof/helm/infra.yaml
  local part
  for part in receiver kafka postgres registry emulator-stripe emulator-epicor-kinetic emulator-dynamics-sl emulator-prophet21; do kubectl --namespace infra rollout status "deployment/$part" --timeout 240s; done
  kafka_user tributary demo-password
  kubectl create namespace "$namespace"
  kubectl label namespace "$namespace" pod-security.kubernetes.io/enforce=restricted pod-security.kubernetes.io/enforce-version=latest
  database_roles
  database_secrets
  node tools/dist/tributary/cli.js identity keys "$state/identity" >/dev/null
  kubectl --namespace "$namespace" create secret generic keys --from-file="$state/identity"
  # A token of whoever works here, who may give orders, beside the keys that signed it.
  TRIBUTARY_STATE_DIR=$state node tools/dist/identity/make.js
  kubectl --namespace "$namespace" create secret generic services --from-file="$state/tls/tls.crt" --from-file="$state/tls/tls.key" --from-file="$state/tls/ca.crt"
  kubectl --namespace "$namespace" create secret generic kafka --from-literal=password=demo-password --from-literal=wrong=another-password --from-file="$state/tls/ca.crt"
  kubectl --namespace "$namespace" create secret generic receiver --from-literal=secret=whsec_of_the_receiver
  kubectl --namespace "$namespace" create secret generic stripe --from-literal=STRIPE_API_KEY=sk_test_demo_tributary \
    --from-literal='STRIPE_ENDPOINTS=[{"name":"default","secrets":["whsec_demo_tributary"],"livemode":false,"account":null,"apiVersion":"2026-08-26.dahlia"}]'
  kubectl --namespace "$namespace" create secret generic kinetic --from-literal=password=demo-password --from-literal=apiKey=demo-api-key
  kubectl --namespace "$namespace" create secret generic dynamics-sl --from-literal=password=demo-password --from-literal=siteKey=demo-site-key \
    --from-literal=licenceKey=demo-licence-key
  kubectl --namespace "$namespace" create secret generic prophet21 --from-literal=password=demo-password
}

# The address of the database for a role.
database_url() { echo "postgres://$1:demo-password@postgres.infra.svc.cluster.local:5432/tributary"; }

# As docs/how-to/database-roles.md says for a new installation, by the product's own command.
database_roles() {
  node tools/dist/tributary/cli.js database roles --owner tributary --role transform=tributary_transform --role erp-sink=tributary_erp_sink \
    --role recon=tributary_recon --role console=tributary_console |
    kubectl --namespace infra exec --stdin deployment/postgres -- psql --quiet --set ON_ERROR_STOP=1 postgres://tributary:demo-password@localhost/tributary
}

database_secrets() {
  local service
  kubectl --namespace "$namespace" create secret generic database-owner --from-literal=DATABASE_MIGRATION_URL="$(database_url tributary)"
  for service in transform erp-sink recon console; do
    kubectl --namespace "$namespace" create secret generic "database-$service" --from-literal=DATABASE_URL="$(database_url "tributary_${service//-/_}")"
  done
}

# An authority, and a certificate of it for the services, the broker and the emulators: <folder>.
certificates() {
  mkdir -p "$1" && (
    cd "$1" || exit 1
    openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority-of-the-proof -keyout ca.key -out ca.crt
    openssl req -newkey rsa:2048 -nodes -subj /CN=services -keyout tls.key -out tls.csr
    local name names="DNS:*.$namespace.svc.cluster.local,DNS:kafka.infra.svc.cluster.local"
    for name in ingest transform recon console erp-sink-kinetic-main erp-sink-sl-main erp-sink-p21-main erp-sink-stripe-main; do names="$names,DNS:$release-tributary-$name"; done
    openssl x509 -req -in tls.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 2 -extfile <(echo "subjectAltName=$names") -out tls.crt
    openssl pkcs8 -topk8 -nocrypt -in tls.key | cat - tls.crt >kafka.pem
  )
}

# A user that may sign in at the broker by SCRAM: <name> <password>.
kafka_user() {
  kubectl --namespace infra exec deployment/kafka -- /opt/kafka/bin/kafka-configs.sh --bootstrap-server localhost:9092 --alter \
    --entity-type users --entity-name "$1" --add-config "SCRAM-SHA-512=[password=$2]"
}
