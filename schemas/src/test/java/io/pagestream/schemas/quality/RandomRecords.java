package io.pagestream.schemas.quality;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** Records of any schema with arbitrary content. */
final class RandomRecords {
  private static final int MOST_ITEMS = 4;

  private final Random random;

  RandomRecords(long seed) {
    this.random = new Random(seed);
  }

  SpecificRecordBase record(Schema schema) {
    SpecificRecordBase record =
        (SpecificRecordBase) SpecificData.newInstance(AllSchemas.type(schema), schema);
    for (Schema.Field field : schema.getFields()) {
      if (field.schema().isNullable() && random.nextBoolean()) {
        continue;
      }
      record.put(field.pos(), value(field.schema()));
    }
    return record;
  }

  /** Any branch except null; null is the value of a record without one. */
  private Schema branch(List<Schema> branches) {
    List<Schema> values =
        branches.stream().filter(branch -> branch.getType() != Schema.Type.NULL).toList();
    return values.get(random.nextInt(values.size()));
  }

  private Object value(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> record(schema);
      case ENUM -> {
        List<String> symbols = schema.getEnumSymbols();
        String symbol = symbols.get(random.nextInt(symbols.size()));
        yield SpecificData.get().createEnum(symbol, schema);
      }
      case ARRAY -> {
        List<Object> items = new ArrayList<>();
        for (int i = random.nextInt(MOST_ITEMS); i > 0; i--) {
          items.add(value(schema.getElementType()));
        }
        yield items;
      }
      case MAP -> {
        Map<String, Object> entries = new HashMap<>();
        for (int i = random.nextInt(MOST_ITEMS); i > 0; i--) {
          entries.put(text(), value(schema.getValueType()));
        }
        yield entries;
      }
      case UNION -> value(branch(schema.getTypes()));
      case STRING -> text();
      case BYTES -> {
        byte[] bytes = new byte[random.nextInt(5000)];
        random.nextBytes(bytes);
        yield ByteBuffer.wrap(bytes);
      }
      case INT -> random.nextInt() >> random.nextInt(32);
      case LONG -> random.nextLong() >> random.nextInt(64);
      case BOOLEAN -> random.nextBoolean();
      case NULL, FIXED, FLOAT, DOUBLE ->
          throw new IllegalArgumentException("no such type in our schemas: " + schema);
    };
  }

  /** Text of any characters but lone surrogates, which have no UTF-8. */
  private String text() {
    int[] points = random.ints(random.nextInt(20), 0, 0x11_0000 - 0x800).toArray();
    StringBuilder text = new StringBuilder();
    for (int point : points) {
      text.appendCodePoint(point < Character.MIN_SURROGATE ? point : point + 0x800);
    }
    return text.toString();
  }
}
