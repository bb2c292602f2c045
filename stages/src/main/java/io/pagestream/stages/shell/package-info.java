/** The thin shell of Kafka Streams around a stage's work. */
@NullMarked
package io.pagestream.stages.shell;

import org.jspecify.annotations.NullMarked;
