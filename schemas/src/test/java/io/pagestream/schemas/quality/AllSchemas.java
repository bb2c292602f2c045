package io.pagestream.schemas.quality;

import io.pagestream.schemas.topic.Topic;
import io.pagestream.schemas.topic.Topics;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;

/** Every record and enum in any topic, by name. */
public final class AllSchemas {
  private AllSchemas() {}

  /** All of them, sorted by name. */
  public static Collection<Schema> named() {
    SortedMap<String, Schema> found = new TreeMap<>();
    for (Topic topic : Topics.all()) {
      collect(topic.value(), found);
    }
    return found.values();
  }

  /** The records among them, sorted by name. */
  public static List<Schema> records() {
    return named().stream().filter(schema -> schema.getType() == Schema.Type.RECORD).toList();
  }

  /** The generated class of a record. */
  public static Class<? extends SpecificRecordBase> type(Schema record) {
    Class<?> type = SpecificData.get().getClass(record);
    return type.asSubclass(SpecificRecordBase.class);
  }

  private static void collect(Schema schema, SortedMap<String, Schema> found) {
    switch (schema.getType()) {
      case RECORD -> {
        if (found.put(schema.getName(), schema) == null) {
          schema.getFields().forEach(field -> collect(field.schema(), found));
        }
      }
      case ENUM -> found.put(schema.getName(), schema);
      case ARRAY -> collect(schema.getElementType(), found);
      case MAP -> collect(schema.getValueType(), found);
      case UNION -> schema.getTypes().forEach(type -> collect(type, found));
      case FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> {}
    }
  }
}
