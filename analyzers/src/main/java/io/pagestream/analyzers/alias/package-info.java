/** Conflicting aliases: pages that are mapped twice with different cache types. */
@NullMarked
package io.pagestream.analyzers.alias;

import org.jspecify.annotations.NullMarked;
