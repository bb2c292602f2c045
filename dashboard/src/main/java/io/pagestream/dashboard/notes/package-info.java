/** Notes of users about findings, stored in the case folder. */
@NullMarked
package io.pagestream.dashboard.notes;

import org.jspecify.annotations.NullMarked;
