export const help = `tributary dlq: dead letters, and what becomes of them

  causes                       what is open, by cause: how many, what waits behind them, money at risk
  list                         dead letters, oldest first (--cause, --group, --sequence, --topic, --state open|ordered|closed, --limit)
  show <id>                    one of them, decoded with the schema it was written with, and its history
  dry-run <id>                 what it would do with today's mapping: the exact calls of the ERP. Sends nothing
                               (--value file.json: with that value instead)
  edit <id>                    opens it in $EDITOR (or takes --value file.json), checks it against its schema, shows the difference,
                               asks, and gives the edited one back
  replay <id ...>              gives them back to their group; or --sequence, --cause, --query '{"from":"2026-11-20T00:00:00Z"}'
  skip <id ...>                ends them without effect; also by --sequence, --cause, --query
  resolve <id> --posted-as '{"HeadNum":"881"}'
                               it is in the ERP already, as this document
  order <order id>             how far an order has come (follows it until it ends; --no-follow)
  orders                       the newest orders
  cancel <order id>            what is not given back yet stays where it is

  --reason <text>   why; needed by replay, skip, resolve, edit and cancel, and kept for ever
  --by <name>       who; default: the environment's USER
  --rate <n>        at most so many a second (default 10)
  --group <name>    only dead letters of this consumer group
  --yes, -y         do not ask
  --no-follow       do not wait for the end of the order
  --json            the answer as JSON, for programs
  --url <address>   of recon; default http://127.0.0.1:4040, or TRIBUTARY_RECON_URL

Of one sequence the oldest goes first, and the next one only when that went through: an order never overtakes.

Exit codes: 0 done; 1 refused, or some died again or were left alone; 2 not understood; 3 recon does not answer; 4 not confirmed.`;
