/** The interface of analyzers: everything that their authors need, independent of Kafka and I/O. */
@NullMarked
package io.pagestream.analyzers.api;

import org.jspecify.annotations.NullMarked;
