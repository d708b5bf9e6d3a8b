import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads topics from their beginning to their end with Kafka's own client and Avro's own decoder: what a data team's consumer does, with no code
 * of this project. One line of JSON per record on stdout. Text is decoded strictly: bytes that are not UTF-8 are a problem of the record.
 *
 * <p>A value is written so that nothing is lost in JSON: longs as decimal text, maps as sorted lists of pairs, records as lists of fields.
 *
 * <p>Usage: java -cp ... WireReader.java BROKERS REGISTRY_URL TOPIC...
 */
public final class WireReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(10);
  private static final int PREFIX_BYTES = 5;

  private final HttpClient http = HttpClient.newHttpClient();
  private final String registry;
  private final Map<Integer, Schema> schemas = new HashMap<>();

  private WireReader(String registry) {
    this.registry = registry;
  }

  public static void main(String[] arguments) throws Exception {
    Map<String, Object> settings =
        Map.of(
            "bootstrap.servers", arguments[0],
            "enable.auto.commit", "false",
            "auto.offset.reset", "earliest",
            "key.deserializer", ByteArrayDeserializer.class,
            "value.deserializer", ByteArrayDeserializer.class);
    List<String> topics = Arrays.asList(arguments).subList(2, arguments.length);
    PrintWriter out = new PrintWriter(new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 20));
    try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(settings)) {
      new WireReader(arguments[1]).readAll(consumer, topics, out);
    }
    out.flush();
  }

  private void readAll(KafkaConsumer<byte[], byte[]> consumer, List<String> topics, PrintWriter out) throws Exception {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : topics)
      for (PartitionInfo info : consumer.partitionsFor(topic)) partitions.add(new TopicPartition(topic, info.partition()));
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue()))
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) out.println(JSON.writeValueAsString(describe(record)));
  }

  private ObjectNode describe(ConsumerRecord<byte[], byte[]> record) throws Exception {
    ObjectNode line = JSON.createObjectNode();
    ArrayNode problems = line.putArray("problems");
    line.put("topic", record.topic()).put("partition", record.partition()).put("offset", record.offset());
    line.put("key", text(record.key(), "the key", problems));
    ArrayNode headers = line.putArray("headers");
    for (Header header : record.headers())
      headers.addArray().add(header.key()).add(text(header.value(), "header " + header.key(), problems));
    byte[] value = record.value();
    if (value != null) {
      line.put("bytes", Base64.getEncoder().encodeToString(value));
      String type = contentType(record);
      if (type != null && type.endsWith("avro")) decode(value, line, problems);
    }
    return line;
  }

  private static String contentType(ConsumerRecord<byte[], byte[]> record) {
    Header header = record.headers().lastHeader("content-type");
    return header == null || header.value() == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }

  /** Confluent wire format: a zero byte, the schema's id in four bytes, Avro binary to the last byte. */
  private void decode(byte[] value, ObjectNode line, ArrayNode problems) throws Exception {
    ByteBuffer prefix = ByteBuffer.wrap(value);
    if (value.length < PREFIX_BYTES || prefix.get() != 0) {
      problems.add("the value does not begin with Confluent's prefix");
      return;
    }
    int id = prefix.getInt();
    Schema schema = schema(id);
    BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(value, PREFIX_BYTES, value.length - PREFIX_BYTES, null);
    GenericRecord read = new GenericDatumReader<GenericRecord>(schema).read(null, decoder);
    if (!decoder.isEnd()) problems.add("bytes are left behind the value");
    line.put("schemaId", id).put("record", schema.getFullName());
    line.set("value", shown(read, schema, schema.getFullName(), problems));
  }

  private Schema schema(int id) throws IOException, InterruptedException {
    Schema known = schemas.get(id);
    if (known != null) return known;
    HttpRequest request = HttpRequest.newBuilder(URI.create(registry + "/schemas/ids/" + id)).timeout(REGISTRY_TIMEOUT).build();
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    if (response.statusCode() != 200) throw new IOException("schema " + id + ": the registry answered " + response.statusCode());
    Schema schema = new Schema.Parser().parse(JSON.readTree(response.body()).get("schema").asText());
    schemas.put(id, schema);
    return schema;
  }

  private com.fasterxml.jackson.databind.JsonNode shown(Object value, Schema schema, String at, ArrayNode problems) {
    if (schema.getType() == Schema.Type.UNION) {
      for (Schema branch : schema.getTypes()) if (fits(value, branch)) return shown(value, branch, at, problems);
      throw new IllegalStateException(at + ": no branch of the union fits");
    }
    switch (schema.getType()) {
      case NULL:
        return JSON.nullNode();
      case BOOLEAN:
        return JSON.getNodeFactory().booleanNode((Boolean) value);
      case INT:
      case LONG:
        return JSON.getNodeFactory().textNode(value.toString());
      case STRING:
        return JSON.getNodeFactory().textNode(text(utf8(value), at, problems));
      case ARRAY: {
        ArrayNode list = JSON.createArrayNode();
        for (Object item : (List<?>) value) list.add(shown(item, schema.getElementType(), at + "[]", problems));
        return list;
      }
      case MAP: {
        Map<String, Object> sorted = new TreeMap<>();
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) sorted.put(text(utf8(entry.getKey()), at + " key", problems), entry.getValue());
        ArrayNode pairs = JSON.createArrayNode();
        sorted.forEach((key, item) -> pairs.addArray().add(key).add(shown(item, schema.getValueType(), at + "{}", problems)));
        return pairs;
      }
      case RECORD: {
        ArrayNode fields = JSON.createArrayNode();
        for (Schema.Field field : schema.getFields())
          fields.add(shown(((GenericRecord) value).get(field.pos()), field.schema(), at + "." + field.name(), problems));
        return fields;
      }
      default:
        throw new IllegalStateException(at + ": the language has no " + schema.getType());
    }
  }

  private static boolean fits(Object value, Schema schema) {
    switch (schema.getType()) {
      case NULL:
        return value == null;
      case BOOLEAN:
        return value instanceof Boolean;
      case INT:
        return value instanceof Integer;
      case LONG:
        return value instanceof Long;
      case STRING:
        return value instanceof CharSequence;
      case ARRAY:
        return value instanceof List;
      case MAP:
        return value instanceof Map;
      default:
        return value instanceof GenericRecord && ((GenericRecord) value).getSchema().getFullName().equals(schema.getFullName());
    }
  }

  private static byte[] utf8(Object text) {
    Utf8 utf8 = (Utf8) text;
    return Arrays.copyOf(utf8.getBytes(), utf8.getByteLength());
  }

  /** Strict: no replacement characters in place of bytes that are not UTF-8. */
  private static String text(byte[] bytes, String where, ArrayNode problems) {
    if (bytes == null) return null;
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes))
          .toString();
    } catch (CharacterCodingException malformed) {
      problems.add(where + " is not UTF-8");
      return "";
    }
  }
}
