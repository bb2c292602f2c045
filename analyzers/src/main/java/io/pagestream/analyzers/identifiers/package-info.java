/**
 * The {@code identifiers} analyzer: hardware addresses, telephone numbers, vehicle identification
 * numbers, GUIDs.
 */
@NullMarked
package io.pagestream.analyzers.identifiers;

import org.jspecify.annotations.NullMarked;
