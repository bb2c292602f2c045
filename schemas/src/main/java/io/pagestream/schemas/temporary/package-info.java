/**
 * Folders that must not outlive their process, because they contain memory of other people's
 * machines.
 *
 * <pre>
 *  ./pagestream ─► ProcessFolder ─► one LockedFolder for all temporary files of the process
 *  analyze      ─► LockedFolder  ─► the case's .scratch
 *  ExitTasks    : stops the work, then the servers, then deletes the folders, whatever ends us
 * </pre>
 *
 * <p>The folder of a killed process is deleted by the next process: the lock shows whether a
 * folder's owner is still running. The kernel releases it with the process, so it can neither be
 * stale nor, unlike a process id, belong to another process.
 */
@NullMarked
package io.pagestream.schemas.temporary;

import org.jspecify.annotations.NullMarked;
