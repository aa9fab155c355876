/* SPDX-License-Identifier: MIT */
#include "harness/results/file.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct results_file {
	FILE *stream;
	int folder; /* its folder: the path may be hidden later by the sandbox's mounts */
	char name[NAME_MAX + 1];
	char temporary[NAME_MAX + 32];
	const char *path; /* as the user gave it; NULL is standard output */
	const struct test_case **seen;
	size_t seen_count;
	bool nameless; /* the temporary name is still to be given */
	bool failed;
};

static void complain(struct results_file *f)
{
	if (!f->failed)
		fprintf(stderr, "sockatlas: %s: %s\n", f->path ? f->path : "standard output",
			strerror(errno));
	f->failed = true;
}

static bool open_named(struct results_file *f)
{
	char folder[PATH_MAX], name[PATH_MAX];
	struct stat existing;
	int fd;

	snprintf(folder, sizeof(folder), "%s", f->path);
	snprintf(name, sizeof(name), "%s", f->path);
	snprintf(f->name, sizeof(f->name), "%.*s", NAME_MAX, basename(name));
	f->folder = open(dirname(folder), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (f->folder < 0)
		return false;
	/* A device or a pipe is written as it is. */
	if (fstatat(f->folder, f->name, &existing, 0) == 0 && !S_ISREG(existing.st_mode)) {
		fd = openat(f->folder, f->name, O_WRONLY | O_CLOEXEC);
	} else {
		snprintf(f->temporary, sizeof(f->temporary), ".%.200s.%ld", f->name,
			 (long)getpid());
		/* Without a name it vanishes by itself if this process is killed. */
		fd = openat(f->folder, ".", O_WRONLY | O_TMPFILE | O_CLOEXEC, 0644);
		f->nameless = fd >= 0;
		if (fd < 0)
			fd = openat(f->folder, f->temporary,
				    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	}
	if (fd < 0)
		return false;
	f->stream = fdopen(fd, "w");
	return f->stream != NULL;
}

struct results_file *results_file_open(const char *path)
{
	struct results_file *f = calloc(1, sizeof(*f));
	size_t cases;

	cases_all(&cases);
	if (f != NULL)
		f->seen = calloc(cases + 1, sizeof(*f->seen));
	if (f == NULL || f->seen == NULL) {
		free(f);
		return NULL;
	}
	f->path = path;
	f->folder = -1;
	f->stream = stdout;
	if (path != NULL && !open_named(f)) {
		complain(f);
		if (f->folder >= 0)
			close(f->folder);
		free(f->seen);
		free(f);
		return NULL;
	}
	return f;
}

FILE *results_file_stream(struct results_file *f)
{
	return f->stream;
}

/* Whether the case, and whether another one of its file, was added before. */
static void look_up(const struct results_file *f, const struct test_case *test, bool *case_seen,
		    bool *source_seen)
{
	*case_seen = *source_seen = false;
	for (size_t i = 0; i < f->seen_count; i++) {
		*case_seen = *case_seen || f->seen[i] == test;
		*source_seen = *source_seen || f->seen[i]->source == test->source;
	}
}

bool results_file_add(struct results_file *f, const struct run_result *result)
{
	const struct test_case *test = result->item->test;
	bool case_seen, source_seen;

	look_up(f, test, &case_seen, &source_seen);
	if (!source_seen)
		results_source(f->stream, test);
	if (!case_seen) {
		results_case(f->stream, test);
		f->seen[f->seen_count++] = test;
	}
	results_result(f->stream, result);
	/*
	 * Out of the buffer now: a case is a copy of this process, and what a copy's
	 * end could still flush must not be here twice.
	 */
	if (fflush(f->stream) != 0 || ferror(f->stream)) {
		complain(f);
		return false;
	}
	return true;
}

/* open(2), O_TMPFILE: how a nameless file gets a name. */
static int give_temporary_name(const struct results_file *f)
{
	char self[64];

	snprintf(self, sizeof(self), "/proc/self/fd/%d", fileno(f->stream));
	return linkat(AT_FDCWD, self, f->folder, f->temporary, AT_SYMLINK_FOLLOW);
}

bool results_file_close(struct results_file *f, const struct run_footer *footer)
{
	bool named = f->temporary[0] != '\0', good;

	if (footer != NULL)
		results_footer(f->stream, footer);
	if (fflush(f->stream) != 0 || ferror(f->stream))
		complain(f);
	if (named && !f->failed &&
	    (fsync(fileno(f->stream)) != 0 || (f->nameless && give_temporary_name(f) != 0)))
		complain(f);
	if (f->stream != stdout && fclose(f->stream) != 0)
		complain(f);
	if (named && !f->failed && renameat(f->folder, f->temporary, f->folder, f->name) != 0)
		complain(f);
	if (named && f->failed)
		unlinkat(f->folder, f->temporary, 0);
	if (f->folder >= 0)
		close(f->folder);
	good = !f->failed;
	free(f->seen);
	free(f);
	return good;
}
