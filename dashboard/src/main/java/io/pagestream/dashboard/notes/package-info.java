/** What people note about findings, kept beside the case. */
@NullMarked
package io.pagestream.dashboard.notes;

import org.jspecify.annotations.NullMarked;
