#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
#
# scripts/ci/slurm under a real Slurm of one node, whose daemons are this test's own: with a
# configuration, ports and folders of theirs, and ended by their process ids. Skips where Slurm is
# not installed (scripts/setup cluster), or for an ordinary user, as whom it cannot start jobs.
# shellcheck source=scripts/lib-test.sh
source scripts/lib-test.sh

daemons=()

have_slurm() {
	local program
	for program in slurmctld slurmd sbatch scontrol; do
		command -v "$program" >/dev/null || { skip "there is no $program (scripts/setup cluster)" && return 1; }
	done
	((EUID == 0)) || { skip 'slurmd starts jobs only as root' && return 1; }
}

# free_port: one that nobody listens on now.
free_port() {
	local port
	for ((port = 20000 + RANDOM % 20000; ; port++)); do
		[[ -n $(ss -Hltn "sport = :$port") ]] || break
	done
	echo "$port"
}

write_configuration() {
	local host
	host=$(hostname -s)
	mkdir "$scratch/state" "$scratch/spool"
	cat >"$SLURM_CONF" <<-EOF
		ClusterName=selftest
		SlurmctldHost=$host(127.0.0.1)
		SlurmctldPort=$(free_port)
		SlurmdPort=$(free_port)
		SlurmUser=root
		AuthType=auth/none
		CredType=cred/none
		StateSaveLocation=$scratch/state
		SlurmdSpoolDir=$scratch/spool
		SlurmctldPidFile=$scratch/slurmctld.pid
		SlurmdPidFile=$scratch/slurmd.pid
		ProctrackType=proctrack/linuxproc
		TaskPlugin=task/none
		SchedulerType=sched/builtin
		SelectType=select/cons_tres
		SelectTypeParameters=CR_Core
		MpiDefault=none
		ReturnToService=2
		NodeName=$host NodeAddr=127.0.0.1 CPUs=$(nproc)
		PartitionName=all Nodes=ALL Default=YES MaxTime=10
	EOF
}

# Both stay in the foreground, so that this shell knows them.
start_slurm() {
	slurmctld -D -i >"$scratch/slurmctld.log" 2>&1 &
	daemons+=($!)
	slurmd -D >"$scratch/slurmd.log" 2>&1 &
	daemons+=($!)
	local tries
	for ((tries = 0; tries < 150; tries++)); do
		[[ $(sinfo -h -o %T 2>/dev/null) != idle ]] || return 0
		sleep 0.2
	done
	tail -n 5 "$scratch/slurmctld.log" "$scratch/slurmd.log"
	return 1
}

stop_slurm() {
	((${#daemons[@]} == 0)) || kill "${daemons[@]}" 2>/dev/null || true
	wait "${daemons[@]}" 2>/dev/null || true
	daemons=()
}

test_an_array_of_a_real_slurm() {
	local folder=$scratch/array status=0
	have_slurm || return 0
	# Each test is a shell of its own, and so is its trap.
	trap stop_slurm EXIT
	export SLURM_CONF=$scratch/slurm.conf
	mkdir "$folder"
	write_configuration
	start_slurm || { stop_slurm && return 1; }
	# --wait: its status is that of the task that ended worst.
	timeout 120 sbatch --wait --array=1-3 --export=ALL,BUILD="$(realpath "$build")" --chdir="$PWD" --output="$scratch/task-%a.log" \
		scripts/ci/slurm "$folder" resolver/convert >"$scratch/sbatch.log" 2>&1 || status=$?
	stop_slurm
	expect 'status of the array' "$status" 0 || { cat "$scratch"/sbatch.log "$scratch"/task-*.log && return 1; }
	"$build/atlas" merge "$folder"/shard-{1,2,3}.jsonl -o "$folder/results.jsonl"
	expect results "$("$build/atlas" summary --format tsv "$folder/results.jsonl" | sed 1d | cut -f 1 | sort)" \
		"$("$build/sockatlas" list -f tsv resolver/convert | sed 1d | cut -f 1 | sort)"
}

run_tests
